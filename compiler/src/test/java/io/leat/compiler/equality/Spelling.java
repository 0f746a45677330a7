package io.leat.compiler.equality;

/** The example of the language guide in its three spellings: Fahrenheit by site and minute. */
enum Spelling {
    FLINK_SHAPED("""
            CREATE TABLE readings (device_id BIGINT, celsius DOUBLE, ts TIMESTAMP_LTZ(3),
              WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
              WITH (%1$s);
            CREATE TABLE devices (device_id BIGINT, site STRING)
              WITH ('connector'='filesystem', 'path'='${dir}/devices.csv', 'format'='csv');
            CREATE TABLE site_minutes WITH ('connector'='filesystem', 'path'='${out}/site_minutes', 'format'='json') AS
            SELECT d.site, r.window_start, AVG(r.celsius * 9 / 5 + 32) AS avg_f, COUNT(*) AS n
            FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) r
            JOIN devices d ON r.device_id = d.device_id
            WHERE r.celsius IS NOT NULL GROUP BY d.site, r.window_start;
            """),

    ALL_PIPE("""
            CREATE TABLE readings (device_id BIGINT, celsius DOUBLE, ts TIMESTAMP_LTZ(3),
              WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
              WITH (%1$s);
            CREATE TABLE devices (device_id BIGINT, site STRING)
              WITH (connector = 'filesystem', path = '${dir}/devices.csv', format = 'csv');
            CREATE TABLE site_minutes (site STRING, window_start TIMESTAMP_LTZ(3), avg_f DOUBLE, n BIGINT)
              WITH (connector = 'filesystem', path = '${out}/site_minutes', format = 'json');
            FROM readings
            |> WHERE celsius IS NOT NULL
            |> JOIN devices AS d USING (device_id)
            |> CALL TUMBLE(ts, INTERVAL 1 MINUTE)
            |> AGGREGATE avg(celsius * 9 / 5 + 32) AS avg_f, count(*) AS n GROUP BY site, window_start
            |> INSERT INTO site_minutes;
            """),

    TYPED_CONTRACT_AND_PIPE_BODY("""
            CREATE TABLE readings (device_id BIGINT, celsius DOUBLE, ts TIMESTAMP_LTZ,
              WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
              WITH (%1$s);
            CREATE TABLE devices (device_id BIGINT, site STRING)
              WITH (connector = 'filesystem', path = '${dir}/devices.csv', format = 'csv');
            CREATE MATERIALIZED VIEW site_minutes
              WITH (connector = 'filesystem', path = '${out}/site_minutes', format = 'json')
              AS FROM readings
              |> WHERE celsius IS NOT NULL
              |> EXTEND celsius * 9 / 5 + 32 AS fahrenheit
              |> JOIN devices AS d USING (device_id)
              |> CALL TUMBLE(ts, INTERVAL '1' MINUTE)
              |> AGGREGATE avg(fahrenheit) AS avg_f, count(*) AS n GROUP BY site, window_start;
            """);

    /** What becomes of the rows that no window took. */
    private static final String REFUSED = """
            CREATE TABLE late_rows WITH (connector = 'filesystem', path = '${out}/late', format = 'json')
              AS SELECT device_id, celsius, ts, watermark FROM readings$late;
            CREATE TABLE rejected_rows WITH (connector = 'filesystem', path = '${out}/rejected', format = 'json')
              AS SELECT raw, reason, watermark FROM readings$rejected;
            """;

    private final String text;

    Spelling(String text) {
        this.text = text;
    }

    /** The query file, where {@code readings} is a table with these options. */
    String text(String options) {
        return text.formatted(options) + REFUSED;
    }
}
