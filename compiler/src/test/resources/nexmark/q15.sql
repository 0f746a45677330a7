SELECT
  strftime(dateTime, '%Y-%m-%d'),
  count(*) FILTER (true),
  count(*) FILTER (price < 10000),
  count(*) FILTER (price BETWEEN 10000 AND 999999),
  count(*) FILTER (price > 999999),
  count(DISTINCT bidder) FILTER (true),
  count(DISTINCT bidder) FILTER (price < 10000),
  count(DISTINCT bidder) FILTER (price BETWEEN 10000 AND 999999),
  count(DISTINCT bidder) FILTER (price > 999999),
  count(DISTINCT auction) FILTER (true),
  count(DISTINCT auction) FILTER (price < 10000),
  count(DISTINCT auction) FILTER (price BETWEEN 10000 AND 999999),
  count(DISTINCT auction) FILTER (price > 999999)
FROM bid GROUP BY 1
