WITH counts AS (
  SELECT auction, window_start, count(*) AS num
  FROM (
    SELECT auction, wm, time_bucket(INTERVAL 2 SECOND, dateTime, TIMESTAMP '1970-01-01') - k * INTERVAL 2 SECOND AS window_start
    FROM bid, range(5) AS back(k))
  WHERE wm < window_start + INTERVAL 10 SECOND
  GROUP BY ALL)
SELECT auction, num FROM counts QUALIFY rank() OVER (PARTITION BY window_start ORDER BY num DESC) = 1
