-- A file as it is written for Flink SQL. It runs as it stands:  leat run examples/flink/orders.sql
-- Sinks are printed here; with 'connector' = 'kafka' and the same formats it reads and writes topics.
SET 'execution.runtime-mode' = 'streaming';
SET 'table.local-time-zone' = 'Europe/Berlin';
SET 'parallelism.default' = '2';

CREATE TABLE `orders` (
  `order_id`    BIGINT NOT NULL,
  `user_id`     BIGINT,
  `currency`    STRING,
  `amount`      DECIMAL(10, 2),
  `status`      STRING,
  `created_at`  BIGINT,
  `file`        STRING METADATA FROM 'file.name' VIRTUAL,
  `order_time`  AS TO_TIMESTAMP_LTZ(`created_at`, 3),
  WATERMARK FOR `order_time` AS `order_time` - INTERVAL '10' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = 'examples/flink/orders.json',
  'format' = 'json'
);

CREATE TABLE `payments` (
  `order_id` BIGINT,
  `paid`     DECIMAL(10, 2),
  `pay_time` TIMESTAMP_LTZ(3),
  WATERMARK FOR `pay_time` AS `pay_time` - INTERVAL '10' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = 'examples/flink/payments.json',
  'format' = 'json'
);

CREATE TABLE `rates` (
  `currency`  STRING,
  `rate`      DECIMAL(10, 4),
  `rate_time` TIMESTAMP_LTZ(3),
  WATERMARK FOR `rate_time` AS `rate_time` - INTERVAL '10' SECOND,
  PRIMARY KEY (`currency`) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = 'examples/flink/rates.json',
  'format' = 'json'
);

CREATE TABLE `users` (
  `user_id` BIGINT,
  `name`    STRING,
  `country` STRING,
  PRIMARY KEY (`user_id`) NOT ENFORCED
) WITH (
  'connector' = 'filesystem',
  'path' = 'examples/flink/users.csv',
  'format' = 'csv'
);

CREATE TABLE `revenue` (`window_start` TIMESTAMP_LTZ(3), `country` STRING, `euros` DECIMAL(38, 6), `orders` BIGINT)
WITH ('connector' = 'print');
CREATE TABLE `best` (`window_start` TIMESTAMP_LTZ(3), `order_id` BIGINT, `amount` DECIMAL(10, 2), `place` BIGINT)
WITH ('connector' = 'print');
CREATE TABLE `current_status` (`order_id` BIGINT, `status` STRING, PRIMARY KEY (`order_id`) NOT ENFORCED)
WITH ('connector' = 'print');
CREATE TABLE `paid_orders` (`order_id` BIGINT, `amount` DECIMAL(10, 2), `paid` DECIMAL(10, 2)) WITH ('connector' = 'print');

-- Each order in euros, by the rate that was valid when it was made.
CREATE TEMPORARY VIEW `in_euros` AS
SELECT o.order_id, o.user_id, o.amount, o.amount * r.rate AS euros, o.order_time
FROM `orders` AS o
JOIN `rates` FOR SYSTEM_TIME AS OF o.order_time AS r ON o.currency = r.currency
WHERE o.status = 'created';

EXECUTE STATEMENT SET
BEGIN
  -- Revenue a minute and country.
  INSERT INTO `revenue`
  SELECT window_start, u.country, SUM(e.euros), COUNT(*)
  FROM TABLE(TUMBLE(TABLE `in_euros`, DESCRIPTOR(`order_time`), INTERVAL '1' MINUTES)) AS e
  JOIN `users` AS u ON e.user_id = u.user_id
  GROUP BY window_start, window_end, u.country;

  -- The two largest orders a minute.
  INSERT INTO `best`
  SELECT window_start, order_id, amount, place
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY amount DESC) AS place
    FROM TABLE(TUMBLE(TABLE `orders`, DESCRIPTOR(`order_time`), INTERVAL '1' MINUTES))
    WHERE status = 'created')
  WHERE place <= 2;

  -- The last status of each order.
  INSERT INTO `current_status`
  SELECT order_id, status
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY order_id ORDER BY order_time DESC) AS row_num
    FROM `orders` /*+ OPTIONS('scan.reject-limit' = '1') */)
  WHERE row_num = 1;

  -- Payments within half a minute.
  INSERT INTO `paid_orders`
  SELECT o.order_id, o.amount, p.paid
  FROM `orders` o, `payments` p
  WHERE o.order_id = p.order_id AND o.status = 'created'
    AND p.pay_time BETWEEN o.order_time AND o.order_time + INTERVAL '30' SECOND;
END;
