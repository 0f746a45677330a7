SELECT auction, bidder, CAST(0.908 AS DECIMAL(3, 3)) * CAST(price AS DECIMAL(19, 0)),
  CASE
    WHEN hour(dateTime) BETWEEN 8 AND 18 THEN 'dayTime'
    WHEN hour(dateTime) IN (7, 19) THEN 'otherTime'
    ELSE 'nightTime'
  END,
  dateTime, extra, len(string_split(extra, 'c')) - 1
FROM bid WHERE price * 0.908 > 1000000 AND price * 0.908 < 50000000
