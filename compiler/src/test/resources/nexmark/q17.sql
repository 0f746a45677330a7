SELECT auction, strftime(dateTime, '%Y-%m-%d'),
  count(*), count(*) FILTER (price < 10000), count(*) FILTER (price BETWEEN 10000 AND 999999),
  count(*) FILTER (price > 999999), min(price), max(price), avg(price), sum(price)
FROM bid GROUP BY 1, 2
