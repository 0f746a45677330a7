WITH named AS (
  SELECT *, list_position(['apple', 'google', 'facebook', 'baidu'], lower(channel)) AS place,
    string_split(url, '&channel_id=')[2] AS told
  FROM bid)
SELECT auction, bidder, price, channel, COALESCE(CAST(place - 1 AS VARCHAR), told)
FROM named WHERE place IS NOT NULL OR told IS NOT NULL
