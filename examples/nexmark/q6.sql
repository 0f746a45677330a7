-- Average selling price by seller: the mean over the auction that closed and up to ten before it, for each seller.
-- The published text asks for a column that its inner query does not yield. Here the inner query is that of q9, the first highest
-- bid of each auction, and the auctions of a seller stand in the order of these bids.
SELECT
  Q.seller,
  AVG(Q.final) OVER (
    PARTITION BY Q.seller ORDER BY Q.dateTime, Q.id ROWS BETWEEN 10 PRECEDING AND CURRENT ROW) AS average
FROM (
  SELECT id, seller, final, dateTime
  FROM (
    SELECT
      A.id, A.seller, B.price AS final, B.dateTime,
      ROW_NUMBER() OVER (PARTITION BY A.id ORDER BY B.price DESC, B.dateTime ASC) AS rownum
    FROM auction AS A, bid AS B
    WHERE A.id = B.auction AND B.dateTime BETWEEN A.dateTime AND A.expires
  )
  WHERE rownum <= 1
) AS Q;
