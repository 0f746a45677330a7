-- an epoch that is decided and not shown: files that wait in the staging directory
CREATE TABLE seen (id INT, price INT) WITH (connector = 'filesystem', path = '${out}/seen', format = 'json');
CREATE TABLE also (id INT) WITH (connector = 'filesystem', path = '${out}/also', format = 'csv');
INSERT INTO seen SELECT id, price FROM trades;
INSERT INTO also SELECT id FROM trades WHERE price > 50;
