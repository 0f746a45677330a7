-- The events as they stand in the files, with the watermark of its partition before each of them.
CREATE TABLE events AS
SELECT *, COALESCE(person.dateTime, auction.dateTime, bid.dateTime) AS ts
FROM ${log};

CREATE TABLE judged AS
SELECT *, COALESCE(
  MAX(ts) OVER (PARTITION BY part ORDER BY pos ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) - INTERVAL 4 SECOND,
  TIMESTAMP '1970-01-01') AS wm
FROM events;

UPDATE judged SET wm = TIMESTAMP '1970-01-01' WHERE ${bounded};

CREATE VIEW person AS
SELECT person.* EXCLUDE (dateTime), ts AS dateTime, part, pos, wm FROM judged WHERE event_type = 0;

CREATE VIEW auction AS
SELECT auction.* EXCLUDE (dateTime), ts AS dateTime, part, pos, wm FROM judged WHERE event_type = 1;

CREATE VIEW bid AS
SELECT bid.* EXCLUDE (dateTime), ts AS dateTime, part, pos, wm FROM judged WHERE event_type = 2;

CREATE MACRO ten_seconds(t) AS time_bucket(INTERVAL 10 SECOND, t, TIMESTAMP '1970-01-01');
