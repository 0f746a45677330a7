-- groups of tumbling, hopping and cumulating windows, with the sets of distinct values, and rows that come late
CREATE TABLE tumbling (symbol STRING, window_start TIMESTAMP(3), n BIGINT, total BIGINT, most INT, different BIGINT, ids STRING)
  WITH (connector = 'filesystem', path = '${out}/tumbling', format = 'json');
CREATE TABLE hopping (symbol STRING, window_end TIMESTAMP(3), mean DOUBLE) WITH (connector = 'filesystem', path = '${out}/hopping', format = 'json');
CREATE TABLE cumulating (window_end TIMESTAMP(3), n BIGINT) WITH (connector = 'filesystem', path = '${out}/cumulating', format = 'json');
CREATE TABLE missed (id INT, symbol STRING) WITH (connector = 'filesystem', path = '${out}/missed', format = 'json');
INSERT INTO tumbling FROM trades |> CALL TUMBLE(ts, INTERVAL '5' SECOND)
  |> AGGREGATE count(*) AS n, sum(price) AS total, max(price) AS most, count(DISTINCT price) AS different,
       string_agg(CAST(id AS STRING), ',' ORDER BY id) AS ids GROUP BY symbol, window_start
  |> SELECT symbol, window_start, n, total, most, different, ids |> LATE INTO missed;
INSERT INTO hopping FROM trades |> CALL HOP(ts, INTERVAL '2' SECOND, INTERVAL '6' SECOND)
  |> AGGREGATE avg(price) AS mean GROUP BY symbol, window_end |> SELECT symbol, window_end, mean;
INSERT INTO cumulating FROM trades |> CALL CUMULATE(ts, INTERVAL '3' SECOND, INTERVAL '9' SECOND)
  |> AGGREGATE count(*) AS n GROUP BY window_end |> SELECT window_end, n;
