-- The clock of the test stands.
SELECT bidder, count(*), TIMESTAMPTZ '2026-06-01 12:00:00+00', TIMESTAMPTZ '2026-06-01 12:00:10+00' FROM bid GROUP BY bidder
