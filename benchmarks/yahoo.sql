-- The Yahoo streaming benchmark over the files that io.leat.benchmarks.YahooEvents writes into ${folder}.
CREATE TABLE events (
  user_id STRING, page_id STRING, ad_id STRING, ad_type STRING, event_type STRING, event_time BIGINT, ip_address STRING,
  ts AS TO_TIMESTAMP_LTZ(event_time, 3),
  WATERMARK FOR ts AS ts - INTERVAL '2' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${folder}/events.json', 'format' = 'json');

CREATE TABLE ads (ad_id STRING, campaign_id STRING)
WITH ('connector' = 'filesystem', 'path' = '${folder}/ads.csv', 'format' = 'csv');

FROM events
|> WHERE event_type = 'view'
|> JOIN ads ON events.ad_id = ads.ad_id
|> CALL TUMBLE(ts, INTERVAL '10' SECOND)
|> AGGREGATE COUNT(*) AS views GROUP BY campaign_id, window_start;
