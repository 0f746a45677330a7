-- sessions by key
CREATE TABLE by_symbol (symbol STRING, window_start TIMESTAMP(3), window_end TIMESTAMP(3), n BIGINT)
  WITH (connector = 'filesystem', path = '${out}/by_symbol', format = 'json');
INSERT INTO by_symbol SELECT symbol, window_start, window_end, COUNT(*) AS n
  FROM TABLE(SESSION(TABLE trades PARTITION BY symbol, DESCRIPTOR(ts), INTERVAL '1500' MILLISECOND)) GROUP BY symbol, window_start, window_end;
