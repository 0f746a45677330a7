-- Processing time windows: how often somebody bid within ten seconds on the clock of this machine.
CREATE VIEW timed_bid AS
SELECT *, PROCTIME() AS p_time
FROM bid;

SELECT bidder, COUNT(*) AS bid_count, window_start AS starttime, window_end AS endtime
FROM TABLE(TUMBLE(TABLE timed_bid, DESCRIPTOR(p_time), INTERVAL '10' SECOND))
GROUP BY bidder, window_start, window_end;
