WITH won AS (
  SELECT a.id, a.category, max(b.price) AS price
  FROM auction a JOIN bid b ON a.id = b.auction AND b.dateTime >= a.dateTime AND b.dateTime <= a.expires
  GROUP BY ALL)
SELECT category, avg(price) FROM won GROUP BY category
