-- an epoch that is decided and not written into the database: rows that wait in a file
CREATE TABLE stored (id INT, symbol STRING, ts TIMESTAMP(3))
  WITH (connector = 'jdbc', url = 'jdbc:h2:mem:frozen', 'table-name' = 'stored', 'sink.max-retries' = 0);
INSERT INTO stored SELECT id, symbol, ts FROM trades;
