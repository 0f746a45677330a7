WITH accepted AS (
  SELECT bidder, dateTime,
    CASE WHEN dateTime < lag(dateTime) OVER (PARTITION BY bidder ORDER BY dateTime) + INTERVAL 10 SECOND
      THEN 0 ELSE 1 END AS begins
  FROM bid WHERE dateTime >= wm),
numbered AS (
  SELECT bidder, dateTime, sum(begins) OVER (PARTITION BY bidder ORDER BY dateTime) AS session FROM accepted)
SELECT bidder, count(*), min(dateTime), max(dateTime) + INTERVAL 10 SECOND FROM numbered GROUP BY bidder, session
