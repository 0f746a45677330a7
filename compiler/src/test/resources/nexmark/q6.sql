WITH won AS (
  SELECT a.id, a.seller, b.price, b.dateTime
  FROM auction a JOIN bid b ON a.id = b.auction AND b.dateTime BETWEEN a.dateTime AND a.expires
  QUALIFY row_number() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.dateTime) = 1)
SELECT seller, avg(price) OVER (PARTITION BY seller ORDER BY dateTime, id ROWS 10 PRECEDING) FROM won
