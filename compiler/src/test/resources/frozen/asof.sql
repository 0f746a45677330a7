-- joins as of a time: versions of a changelog, the last row before, and a table that was read before the first row
CREATE TABLE rated (id INT, rate INT) WITH (connector = 'filesystem', path = '${out}/rated', format = 'json');
CREATE TABLE quoted (id INT, quote INT) WITH (connector = 'filesystem', path = '${out}/quoted', format = 'json');
CREATE TABLE named (id INT, name STRING) WITH (connector = 'filesystem', path = '${out}/named', format = 'json');
INSERT INTO rated SELECT t.id, r.rate FROM trades AS t LEFT JOIN rates FOR SYSTEM_TIME AS OF t.ts AS r ON t.symbol = r.symbol;
INSERT INTO quoted SELECT t.id, q.quote FROM trades AS t ASOF LEFT JOIN quotes AS q ON t.symbol = q.symbol AND t.ts >= q.ts;
INSERT INTO named SELECT t.id, n.name FROM trades AS t LEFT JOIN names AS n ON t.symbol = n.symbol;
