-- What the statements of examples/flink/shop.sql say, in the SQL of DuckDB. wm is the watermark of its partition before a row.
CREATE TABLE orders AS
SELECT order_id, customer_id, currency, CAST(amount AS DECIMAL(10, 2)) AS amount, order_time, part, pos,
  COALESCE(MAX(order_time) OVER (PARTITION BY part ORDER BY pos ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    - INTERVAL 5 SECOND, TIMESTAMPTZ '1970-01-01 00:00:00+00') AS wm
FROM (
  SELECT *, filename AS part, row_number() OVER () AS pos
  FROM read_json('${dir}/orders/*.json', format = 'newline_delimited', filename = true, columns =
    {order_id: 'BIGINT', customer_id: 'BIGINT', currency: 'VARCHAR', amount: 'VARCHAR', order_time: 'TIMESTAMPTZ'}));

CREATE TABLE deliveries AS
SELECT *,
  COALESCE(MAX(delivery_time) OVER (PARTITION BY part ORDER BY pos ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    - INTERVAL 5 SECOND, TIMESTAMPTZ '1970-01-01 00:00:00+00') AS wm
FROM (
  SELECT *, filename AS part, row_number() OVER () AS pos
  FROM read_json('${dir}/deliveries/*.json', format = 'newline_delimited', filename = true, columns =
    {order_id: 'BIGINT', carrier: 'VARCHAR', delivery_time: 'TIMESTAMPTZ'}));

CREATE TABLE rates AS
SELECT currency, CAST(rate AS DECIMAL(10, 4)) AS rate, rate_time
FROM read_json('${dir}/rates/*.json', format = 'newline_delimited', columns =
  {currency: 'VARCHAR', rate: 'VARCHAR', rate_time: 'TIMESTAMPTZ'});

ATTACH '${dir}/shop.db' AS shop (READ_ONLY);

SELECT o.order_id, c.name, c.city, o.amount FROM orders AS o LEFT JOIN shop.customers AS c USING (customer_id);

SELECT time_bucket(INTERVAL 10 SECOND, o.order_time) AS window_start, o.currency,
  CAST(SUM(o.amount * r.rate) AS DECIMAL(38, 6)), COUNT(*)
FROM (SELECT * FROM orders WHERE order_time >= wm) AS o
ASOF JOIN rates AS r ON o.currency = r.currency AND o.order_time >= r.rate_time
GROUP BY ALL;

SELECT o.order_id, d.carrier, o.amount
FROM orders AS o JOIN deliveries AS d USING (order_id)
WHERE o.order_time >= o.wm AND d.delivery_time >= d.wm
  AND d.delivery_time BETWEEN o.order_time AND o.order_time + INTERVAL 30 SECOND;

SELECT order_id, customer_id, amount FROM orders QUALIFY row_number() OVER (PARTITION BY order_id ORDER BY pos) = 1;

SELECT currency, row_number() OVER (PARTITION BY currency ORDER BY amount DESC) AS place, order_id, amount
FROM orders QUALIFY place <= 3;

SELECT window_end, row_number() OVER (PARTITION BY window_end ORDER BY total DESC, customer_id) AS place, customer_id, total
FROM (
  SELECT time_bucket(INTERVAL 20 SECOND, order_time) + INTERVAL 20 SECOND * (1 + before) AS window_end, customer_id,
    CAST(SUM(amount) AS DECIMAL(38, 2)) AS total
  FROM orders, range(0, 3) AS windows(before)
  WHERE wm < time_bucket(INTERVAL 20 SECOND, order_time) + INTERVAL 20 SECOND * (1 + before)
  GROUP BY ALL)
QUALIFY place <= 2;
