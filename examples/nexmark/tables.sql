-- The tables of the Nexmark queries: events of an auction house, made up by Leat itself. Run a query over them with
--   cat examples/nexmark/tables.sql examples/nexmark/q5.sql | ./leat run -

CREATE TABLE nexmark (
  event_type INT,                                  -- 0: a person, 1: an auction, 2: a bid; the other two are NULL
  person ROW<
    id BIGINT, name STRING, emailAddress STRING, creditCard STRING, city STRING, state STRING,
    dateTime TIMESTAMP(3), extra STRING>,
  auction ROW<
    id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT,
    dateTime TIMESTAMP(3), expires TIMESTAMP(3), seller BIGINT, category BIGINT, extra STRING>,
  bid ROW<
    auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING,
    dateTime TIMESTAMP(3), extra STRING>,
  dateTime AS CASE
    WHEN event_type = 0 THEN person.dateTime
    WHEN event_type = 1 THEN auction.dateTime
    ELSE bid.dateTime
  END,
  WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND
) WITH (
  'connector' = 'datagen',
  'template' = 'nexmark',
  'number-of-rows' = '100000',
  'rows-per-second' = '0',
  'event-time.jitter' = '3 s'
);

CREATE VIEW person AS
SELECT
  person.id, person.name, person.emailAddress, person.creditCard, person.city, person.state,
  dateTime, person.extra
FROM nexmark
WHERE event_type = 0;

CREATE VIEW auction AS
SELECT
  auction.id, auction.itemName, auction.description, auction.initialBid, auction.reserve,
  dateTime, auction.expires, auction.seller, auction.category, auction.extra
FROM nexmark
WHERE event_type = 1;

CREATE VIEW bid AS
SELECT bid.auction, bid.bidder, bid.price, bid.channel, bid.url, dateTime, bid.extra
FROM nexmark
WHERE event_type = 2;

-- What q13 looks up: a text for each number from 0 to 9999.
CREATE TABLE side_input (key BIGINT, `value` STRING)
WITH (
  'connector' = 'datagen',
  'scan.mode' = 'bounded',
  'number-of-rows' = '10000',
  'rows-per-second' = '0',
  'fields.key.kind' = 'sequence'
);
