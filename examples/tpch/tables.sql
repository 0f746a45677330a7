-- The eight tables of TPC-H as files of CSV without a header in one directory: -D dir=…
CREATE TABLE region (r_regionkey INT, r_name VARCHAR(25), r_comment VARCHAR(152))
WITH (connector = 'filesystem', path = '${dir}/region.csv', format = 'csv', 'csv.header' = 'false');
CREATE TABLE nation (n_nationkey INT, n_name VARCHAR(25), n_regionkey INT, n_comment VARCHAR(152))
WITH (connector = 'filesystem', path = '${dir}/nation.csv', format = 'csv', 'csv.header' = 'false');
CREATE TABLE part (p_partkey BIGINT, p_name VARCHAR(55), p_mfgr VARCHAR(25), p_brand VARCHAR(10), p_type VARCHAR(25), p_size INT,
  p_container VARCHAR(10), p_retailprice DECIMAL(15, 2), p_comment VARCHAR(23))
WITH (connector = 'filesystem', path = '${dir}/part.csv', format = 'csv', 'csv.header' = 'false');
CREATE TABLE supplier (s_suppkey BIGINT, s_name VARCHAR(25), s_address VARCHAR(40), s_nationkey INT, s_phone VARCHAR(15),
  s_acctbal DECIMAL(15, 2), s_comment VARCHAR(101))
WITH (connector = 'filesystem', path = '${dir}/supplier.csv', format = 'csv', 'csv.header' = 'false');
CREATE TABLE partsupp (ps_partkey BIGINT, ps_suppkey BIGINT, ps_availqty INT, ps_supplycost DECIMAL(15, 2), ps_comment VARCHAR(199))
WITH (connector = 'filesystem', path = '${dir}/partsupp.csv', format = 'csv', 'csv.header' = 'false');
CREATE TABLE customer (c_custkey BIGINT, c_name VARCHAR(25), c_address VARCHAR(40), c_nationkey INT, c_phone VARCHAR(15),
  c_acctbal DECIMAL(15, 2), c_mktsegment VARCHAR(10), c_comment VARCHAR(117))
WITH (connector = 'filesystem', path = '${dir}/customer.csv', format = 'csv', 'csv.header' = 'false');
CREATE TABLE orders (o_orderkey BIGINT, o_custkey BIGINT, o_orderstatus VARCHAR(1), o_totalprice DECIMAL(15, 2), o_orderdate DATE,
  o_orderpriority VARCHAR(15), o_clerk VARCHAR(15), o_shippriority INT, o_comment VARCHAR(79))
WITH (connector = 'filesystem', path = '${dir}/orders.csv', format = 'csv', 'csv.header' = 'false');
CREATE TABLE lineitem (l_orderkey BIGINT, l_partkey BIGINT, l_suppkey BIGINT, l_linenumber INT, l_quantity DECIMAL(15, 2),
  l_extendedprice DECIMAL(15, 2), l_discount DECIMAL(15, 2), l_tax DECIMAL(15, 2), l_returnflag VARCHAR(1), l_linestatus VARCHAR(1),
  l_shipdate DATE, l_commitdate DATE, l_receiptdate DATE, l_shipinstruct VARCHAR(25), l_shipmode VARCHAR(10), l_comment VARCHAR(44))
WITH (connector = 'filesystem', path = '${dir}/lineitem.csv', format = 'csv', 'csv.header' = 'false');
