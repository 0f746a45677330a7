WITH highest AS (
  SELECT ten_seconds(dateTime) AS window_start, max(price) AS price
  FROM bid WHERE wm < ten_seconds(dateTime) + INTERVAL 10 SECOND GROUP BY ALL)
SELECT b.auction, b.price, b.bidder, b.dateTime, b.extra
FROM bid b JOIN highest h ON b.price = h.price
  AND b.dateTime >= h.window_start AND b.dateTime <= h.window_start + INTERVAL 10 SECOND
WHERE b.dateTime >= b.wm
