-- results that change: groups with every aggregate's way back, groups of groups, a join of streams without bound
CREATE TABLE told (op STRING, symbol STRING, n BIGINT, total BIGINT, least INT, most INT, different BIGINT)
  WITH (connector = 'filesystem', path = '${out}/told', format = 'csv');
CREATE TABLE told_again (op STRING, n BIGINT, symbols BIGINT) WITH (connector = 'filesystem', path = '${out}/told_again', format = 'csv');
CREATE TABLE told_pairs (op STRING, symbol STRING, quote INT, n BIGINT) WITH (connector = 'filesystem', path = '${out}/told_pairs', format = 'csv');
CREATE TABLE told_rates (op STRING, symbols BIGINT, total BIGINT, most INT) WITH (connector = 'filesystem', path = '${out}/told_rates', format = 'csv');
INSERT INTO told SELECT symbol, COUNT(*), SUM(price), MIN(price), MAX(price), COUNT(DISTINCT price) FROM trades GROUP BY symbol EMIT CHANGES;
INSERT INTO told_again SELECT n, COUNT(*) FROM (SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol) GROUP BY n EMIT CHANGES;
INSERT INTO told_pairs SELECT q.symbol, q.quote, t.n FROM quotes AS q LEFT JOIN (SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol) AS t
  ON q.symbol = t.symbol EMIT CHANGES;
INSERT INTO told_rates SELECT COUNT(*), SUM(rate), MAX(rate) FROM rates EMIT CHANGES;
