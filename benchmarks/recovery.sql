-- Groups with a key of their own each in a window of ten days, of made-up rows: a state as large as one lets it become. Stopped and
-- started again with --state, it says how long a start takes. Keys have some 185 bytes; GROUP BY id makes them narrow.
CREATE TABLE rows_in (id BIGINT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)
WITH (connector = 'datagen', 'fields.id.kind' = 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '${rows}', 'rows-per-second' = '${rate}', 'event-time.step' = '10 us');
CREATE TABLE counts (id STRING, window_start TIMESTAMP(3), n BIGINT, total BIGINT)
WITH (connector = 'filesystem', path = '${out}', format = 'csv');
INSERT INTO counts
FROM rows_in |> EXTEND CAST(id AS STRING) || REPEAT('x', 180) AS k |> CALL TUMBLE(ts, INTERVAL '10' DAY)
|> AGGREGATE COUNT(*) AS n, SUM(v) AS total GROUP BY k, window_start
|> SELECT k AS id, window_start, n, total;
