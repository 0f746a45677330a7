-- joins bound in time, with their timers, and without bound, with rows that expire
CREATE TABLE pairs (id INT, quote INT) WITH (connector = 'filesystem', path = '${out}/pairs', format = 'json');
CREATE TABLE alone (id INT, quote INT) WITH (connector = 'filesystem', path = '${out}/alone', format = 'json');
CREATE TABLE expiring (id INT, quote INT) WITH (connector = 'filesystem', path = '${out}/expiring', format = 'json');
INSERT INTO pairs SELECT t.id, q.quote FROM trades AS t JOIN quotes AS q
  ON t.symbol = q.symbol AND q.ts BETWEEN t.ts - INTERVAL '1' SECOND AND t.ts;
INSERT INTO alone SELECT t.id, q.quote FROM trades AS t LEFT JOIN quotes AS q
  ON t.symbol = q.symbol AND q.ts BETWEEN t.ts - INTERVAL '1' SECOND AND t.ts + INTERVAL '500' MILLISECOND;
INSERT INTO expiring SELECT t.id, q.quote FROM trades AS t EXPIRE AFTER INTERVAL '2' SECOND JOIN quotes AS q EXPIRE AFTER INTERVAL '2' SECOND
  ON t.symbol = q.symbol;
