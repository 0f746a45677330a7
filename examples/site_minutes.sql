-- How warm is it at each site, minute by minute? Readings come a little out of order.
CREATE TABLE readings (device_id BIGINT, celsius DOUBLE, ts TIMESTAMP_LTZ(3),
  WATERMARK FOR ts AS ts - INTERVAL '10' SECOND)
WITH (connector = 'filesystem', path = 'examples/readings.json', format = 'json', 'scan.mode' = 'stream');
CREATE TABLE devices (device_id BIGINT, site STRING)
WITH (connector = 'filesystem', path = 'examples/devices.csv', format = 'csv');

FROM readings
|> JOIN devices USING (device_id)
|> CALL TUMBLE(ts, INTERVAL '1' MINUTE)
|> AGGREGATE count(*) AS readings, avg(celsius) AS celsius GROUP BY window_start, site;
