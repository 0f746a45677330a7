-- A job as it is written for Flink SQL, from topics to topics, with a database at its side. It runs as it stands, once brokers and the
-- database are those of yours and its JDBC driver is on the class path.
SET 'pipeline.name' = 'shop';
SET 'parallelism.default' = '2';
SET 'execution.checkpointing.interval' = '5 s';
SET 'table.local-time-zone' = 'UTC';

CREATE TABLE orders (
  order_id    BIGINT,
  customer_id BIGINT,
  currency    STRING,
  amount      DECIMAL(10, 2),
  order_time  TIMESTAMP_LTZ(3),
  proc_time   AS PROCTIME(),
  WATERMARK FOR order_time AS order_time - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'orders',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.group.id' = 'shop',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'json'
);

CREATE TABLE deliveries (
  order_id      BIGINT,
  carrier       STRING,
  delivery_time TIMESTAMP_LTZ(3),
  WATERMARK FOR delivery_time AS delivery_time - INTERVAL '5' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'deliveries',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.group.id' = 'shop',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'json'
);

CREATE TABLE rates (
  currency  STRING,
  rate      DECIMAL(10, 4),
  rate_time TIMESTAMP_LTZ(3),
  WATERMARK FOR rate_time AS rate_time - INTERVAL '5' SECOND,
  PRIMARY KEY (currency) NOT ENFORCED
) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'rates',
  'properties.bootstrap.servers' = 'localhost:9092',
  'key.format' = 'json',
  'value.format' = 'json'
);

CREATE TABLE customers (
  customer_id BIGINT,
  name        STRING,
  city        STRING,
  PRIMARY KEY (customer_id) NOT ENFORCED
) WITH (
  'connector' = 'jdbc',
  'url' = 'jdbc:postgresql://localhost:5432/shop',
  'table-name' = 'customers',
  'lookup.cache' = 'PARTIAL',
  'lookup.partial-cache.max-rows' = '1000',
  'lookup.partial-cache.expire-after-write' = '1 min'
);

CREATE TABLE orders_of_cities (order_id BIGINT, name STRING, city STRING, amount DECIMAL(10, 2)) WITH (
  'connector' = 'kafka',
  'topic' = 'orders-of-cities',
  'properties.bootstrap.servers' = 'localhost:9092',
  'format' = 'json'
);
CREATE TABLE revenue (window_start TIMESTAMP_LTZ(3), currency STRING, euros DECIMAL(38, 6), orders BIGINT) WITH (
  'connector' = 'kafka',
  'topic' = 'revenue',
  'properties.bootstrap.servers' = 'localhost:9092',
  'format' = 'json'
);
CREATE TABLE delivered (order_id BIGINT, carrier STRING, amount DECIMAL(10, 2)) WITH (
  'connector' = 'kafka',
  'topic' = 'delivered',
  'properties.bootstrap.servers' = 'localhost:9092',
  'format' = 'json'
);
CREATE TABLE first_versions (order_id BIGINT, customer_id BIGINT, amount DECIMAL(10, 2), PRIMARY KEY (order_id) NOT ENFORCED) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'first-versions',
  'properties.bootstrap.servers' = 'localhost:9092',
  'key.format' = 'json',
  'value.format' = 'json'
);
CREATE TABLE largest (currency STRING, place BIGINT, order_id BIGINT, amount DECIMAL(10, 2), PRIMARY KEY (currency, place) NOT ENFORCED) WITH (
  'connector' = 'upsert-kafka',
  'topic' = 'largest',
  'properties.bootstrap.servers' = 'localhost:9092',
  'key.format' = 'json',
  'value.format' = 'json'
);
CREATE TABLE best_customers (window_end TIMESTAMP_LTZ(3), place BIGINT, customer_id BIGINT, total DECIMAL(38, 2)) WITH (
  'connector' = 'kafka',
  'topic' = 'best-customers',
  'properties.bootstrap.servers' = 'localhost:9092',
  'format' = 'json'
);

-- Each order in euros, by the rate that was valid when it was made.
CREATE TEMPORARY VIEW orders_in_euros AS
SELECT o.order_id, o.currency, o.amount * r.rate AS euros, o.order_time
FROM orders AS o
JOIN rates FOR SYSTEM_TIME AS OF o.order_time AS r ON o.currency = r.currency;

EXECUTE STATEMENT SET
BEGIN
  -- Lookup join: each order with what the database says of its customer when the order comes.
  INSERT INTO orders_of_cities
  SELECT o.order_id, c.name, c.city, o.amount
  FROM orders AS o
  LEFT JOIN customers FOR SYSTEM_TIME AS OF o.proc_time AS c ON o.customer_id = c.customer_id;

  -- Temporal join, then a window.
  INSERT INTO revenue
  SELECT window_start, currency, SUM(euros), COUNT(*)
  FROM TABLE(TUMBLE(TABLE orders_in_euros, DESCRIPTOR(order_time), INTERVAL '10' SECONDS))
  GROUP BY window_start, window_end, currency;

  -- Interval join: what was delivered within half a minute.
  INSERT INTO delivered
  SELECT o.order_id, d.carrier, o.amount
  FROM orders AS o, deliveries AS d
  WHERE o.order_id = d.order_id
    AND d.delivery_time BETWEEN o.order_time AND o.order_time + INTERVAL '30' SECOND;

  -- Deduplication: an order that was sent twice counts as it came first.
  INSERT INTO first_versions
  SELECT order_id, customer_id, amount
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY order_id ORDER BY proc_time ASC) AS row_num
    FROM orders)
  WHERE row_num = 1;

  -- Top-N: the largest orders of each currency so far.
  INSERT INTO largest
  SELECT currency, place, order_id, amount
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY currency ORDER BY amount DESC) AS place
    FROM orders)
  WHERE place <= 3;

  -- Window Top-N: the customers who ordered most in a minute, every 20 seconds.
  INSERT INTO best_customers
  SELECT window_end, place, customer_id, total
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY total DESC, customer_id ASC) AS place
    FROM (
      SELECT window_start, window_end, customer_id, SUM(amount) AS total
      FROM TABLE(HOP(TABLE orders, DESCRIPTOR(order_time), INTERVAL '20' SECONDS, INTERVAL '60' SECONDS))
      GROUP BY window_start, window_end, customer_id))
  WHERE place <= 2;
END;
