-- The Yahoo streaming benchmark as a stream, into a table of files, over the files that io.leat.benchmarks.YahooEvents writes into ${folder}:
-- run with and without --state, it says what it costs that rows are delivered exactly once.
CREATE TABLE events (
  user_id STRING, page_id STRING, ad_id STRING, ad_type STRING, event_type STRING, event_time BIGINT, ip_address STRING,
  ts AS TO_TIMESTAMP_LTZ(event_time, 3),
  WATERMARK FOR ts AS ts - INTERVAL '2' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${folder}/*.json', 'format' = 'json', 'scan.mode' = 'stream');

CREATE TABLE ads (ad_id STRING, campaign_id STRING)
WITH ('connector' = 'filesystem', 'path' = '${folder}/ads.csv', 'format' = 'csv');

CREATE TABLE counts (campaign_id STRING, window_start TIMESTAMP_LTZ(3), views BIGINT)
WITH ('connector' = 'filesystem', 'path' = '${out}', 'format' = 'csv');

INSERT INTO counts
FROM events
|> WHERE event_type = 'view'
|> JOIN ads ON events.ad_id = ads.ad_id
|> CALL TUMBLE(ts, INTERVAL '10' SECOND)
|> AGGREGATE COUNT(*) AS views GROUP BY campaign_id, window_start
|> SELECT campaign_id, window_start, views;
