SELECT auction, bidder, price, dateTime, 'side ' || auction % 10000 FROM bid WHERE auction % 10000 < 1200
