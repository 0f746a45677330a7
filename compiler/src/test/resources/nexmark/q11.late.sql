SELECT count(*) FROM bid WHERE dateTime < wm
