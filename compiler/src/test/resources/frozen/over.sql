-- window functions over the rows of a partition
CREATE TABLE running (id INT, total BIGINT, before INT, three DOUBLE) WITH (connector = 'filesystem', path = '${out}/running', format = 'json');
INSERT INTO running SELECT id, SUM(price) OVER w AS total, LAG(price) OVER w AS before,
    AVG(price) OVER (PARTITION BY symbol ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS three
  FROM trades WINDOW w AS (PARTITION BY symbol ORDER BY ts);
