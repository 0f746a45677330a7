SELECT auction, bidder, CAST(0.908 AS DECIMAL(3, 3)) * CAST(price AS DECIMAL(19, 0)), dateTime, extra FROM bid
