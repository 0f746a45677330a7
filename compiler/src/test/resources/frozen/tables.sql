CREATE TABLE trades (id INT, symbol STRING, price INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
  WITH (connector = 'filesystem', path = '${in}/trades', format = 'csv', 'scan.mode' = 'stream');
CREATE TABLE quotes (quote INT, symbol STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
  WITH (connector = 'filesystem', path = '${in}/quotes', format = 'csv', 'scan.mode' = 'stream');
CREATE TABLE rates (op STRING, symbol STRING, rate INT, ts TIMESTAMP(3), PRIMARY KEY (symbol) NOT ENFORCED, WATERMARK FOR ts AS ts)
  WITH (connector = 'filesystem', path = '${in}/rates', format = 'csv', 'scan.mode' = 'stream', changelog = 'op');
CREATE TABLE names (symbol STRING, name STRING) WITH (connector = 'filesystem', path = '${in}/names', format = 'csv');
