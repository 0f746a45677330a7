-- the first rows of each key, of each window and of all, and rows without their equals
CREATE TABLE first_of (symbol STRING, id INT) WITH (connector = 'filesystem', path = '${out}/first_of', format = 'json');
CREATE TABLE top_of (window_end TIMESTAMP(3), id INT, place BIGINT) WITH (connector = 'filesystem', path = '${out}/top_of', format = 'json');
CREATE TABLE different (symbol STRING, price INT) WITH (connector = 'filesystem', path = '${out}/different', format = 'json');
CREATE TABLE most (id INT, price INT) WITH (connector = 'filesystem', path = '${out}/most', format = 'json');
INSERT INTO first_of SELECT symbol, id FROM (
  SELECT symbol, id, ROW_NUMBER() OVER (PARTITION BY symbol ORDER BY ts) AS place FROM trades EXPIRE AFTER INTERVAL '4' SECOND) WHERE place = 1;
INSERT INTO top_of SELECT window_end, id, place FROM (
  SELECT window_end, id, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY price DESC, id) AS place
  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND))) WHERE place <= 2;
INSERT INTO different SELECT DISTINCT symbol, price FROM trades WHERE price < 50;
INSERT INTO most SELECT id, price FROM trades ORDER BY price DESC, id LIMIT 5;
