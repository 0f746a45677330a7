SELECT DISTINCT p.id, p.name, ten_seconds(p.dateTime)
FROM person p JOIN auction a ON p.id = a.seller AND ten_seconds(p.dateTime) = ten_seconds(a.dateTime)
WHERE p.wm < ten_seconds(p.dateTime) + INTERVAL 10 SECOND AND a.wm < ten_seconds(a.dateTime) + INTERVAL 10 SECOND
