-- windows by the clock, and a condition on it, whose rows leave as time passes; the clock stands before, and is an hour further on after
CREATE TABLE of_clock (symbol STRING, n BIGINT) WITH (connector = 'filesystem', path = '${out}/of_clock', format = 'json');
CREATE TABLE told_young (op STRING, id INT) WITH (connector = 'filesystem', path = '${out}/told_young', format = 'csv');
CREATE VIEW clocked AS SELECT symbol, PROCTIME() AS p FROM trades;
INSERT INTO of_clock SELECT symbol, COUNT(*) FROM TABLE(TUMBLE(TABLE clocked, DESCRIPTOR(p), INTERVAL '1' HOUR)) GROUP BY symbol, window_start;
INSERT INTO told_young SELECT id FROM trades WHERE CAST(ts AS TIMESTAMP_LTZ(3)) > NOW() - INTERVAL '3585' SECOND EMIT CHANGES;
