SELECT count(*) FROM judged WHERE event_type < 2 AND wm >= ten_seconds(ts) + INTERVAL 10 SECOND
