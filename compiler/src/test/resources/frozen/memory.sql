-- rows that wait in memory for a later statement, rows that were rejected, and changes that are told now and then
CREATE TABLE kept (id INT, symbol STRING);
CREATE TABLE ordered (id INT) WITH (connector = 'filesystem', path = '${out}/ordered', format = 'json');
CREATE TABLE broken (reason STRING) WITH (connector = 'filesystem', path = '${out}/broken', format = 'json');
CREATE TABLE told_slowly (op STRING, symbol STRING, n BIGINT) WITH (connector = 'filesystem', path = '${out}/told_slowly', format = 'csv');
INSERT INTO kept SELECT id, symbol FROM trades WHERE price < 50;
INSERT INTO ordered SELECT id FROM kept ORDER BY id DESC LIMIT 7;
INSERT INTO told_slowly SELECT symbol, COUNT(*) FROM trades WHERE 10 / (price - 50) > -100 GROUP BY symbol EMIT CHANGES EVERY INTERVAL '10' MINUTE;
INSERT INTO broken SELECT reason FROM trades$rejected;
