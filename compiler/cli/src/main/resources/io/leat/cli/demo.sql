-- Sensors at three sites report temperatures. How warm is it at each site, second by second?
CREATE TABLE readings (
  site    STRING,
  celsius DOUBLE,
  ts      TIMESTAMP_LTZ(3),
  WATERMARK FOR ts AS ts - INTERVAL '0.5' SECOND  -- a reading may be half a second behind the others
) WITH (
  connector = 'datagen', seed = '42',
  'number-of-rows' = '${rows}', 'rows-per-second' = '1000',
  'fields.site.values' = 'harbour,market,station',
  'fields.celsius.min' = '14', 'fields.celsius.max' = '26',
  'event-time.jitter' = '300 ms', 'event-time.late-rate' = '0.002', 'event-time.late-by' = '5 s'
);

FROM readings
|> WHERE celsius < 25.5  -- above that a sensor stands in the sun
|> CALL TUMBLE(ts, INTERVAL '1' SECOND)
|> AGGREGATE count(*) AS readings, round(min(celsius), 1) AS lowest, round(avg(celsius), 1) AS average
   GROUP BY window_start, site;
