package io.leat.compare;

import java.nio.file.Path;
import java.util.Optional;

/** What is compared: the Yahoo streaming benchmark, and queries of Nexmark in the words of Flink. */
enum Workload {
    YAHOO("""
            FROM events
            |> WHERE event_type = 'view'
            |> JOIN ads ON events.ad_id = ads.ad_id
            |> CALL TUMBLE(ts, INTERVAL '10' SECOND)
            |> AGGREGATE COUNT(*) AS views GROUP BY campaign_id, window_start
            |> SELECT campaign_id, EXTRACT(EPOCH FROM window_start) AS second, views
            """, """
            SELECT campaign_id, event_time // 10000 * 10, COUNT(*) FROM events JOIN ads USING (ad_id)
            WHERE event_type = 'view' GROUP BY ALL
            """),
    Q0("SELECT auction, bidder, price, dateTime, extra FROM bid", """
            SELECT COUNT(*), SUM(bid.auction), SUM(bid.bidder), SUM(bid.price), SUM(strlen(bid.extra))
            FROM auctions WHERE event_type = 2
            """),
    Q1("SELECT auction, bidder, 0.908 * price AS price, dateTime, extra FROM bid", """
            SELECT COUNT(*), SUM(bid.auction), SUM(bid.bidder), SUM(CAST(1000 * (0.908 * bid.price) AS BIGINT)),
              SUM(strlen(bid.extra))
            FROM auctions WHERE event_type = 2
            """),
    Q2(
            "SELECT auction, price FROM bid WHERE MOD(auction, 123) = 0",
            "SELECT bid.auction, bid.price FROM auctions WHERE event_type = 2 AND bid.auction % 123 = 0"),
    Q3("""
            SELECT P.name, P.city, P.state, A.id FROM auction AS A INNER JOIN person AS P ON A.seller = P.id
            WHERE A.category = 10 AND (P.state = 'OR' OR P.state = 'ID' OR P.state = 'CA')
            """, """
            WITH e AS MATERIALIZED (SELECT person, auction FROM auctions WHERE event_type < 2)
            SELECT P.person.name, P.person.city, P.person.state, A.auction.id
            FROM e AS A JOIN e AS P ON A.auction.seller = P.person.id
            WHERE A.auction.category = 10 AND P.person.state IN ('OR', 'ID', 'CA')
            """),
    Q5("""
            SELECT B.auction, B.num FROM (
              SELECT auction, COUNT(*) AS num, window_start, window_end
              FROM TABLE(HOP(TABLE bid, DESCRIPTOR(dateTime), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
              GROUP BY auction, window_start, window_end) AS B
            JOIN (
              SELECT MAX(num) AS most, window_start, window_end FROM (
                SELECT COUNT(*) AS num, window_start, window_end
                FROM TABLE(HOP(TABLE bid, DESCRIPTOR(dateTime), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
                GROUP BY auction, window_start, window_end)
              GROUP BY window_start, window_end) AS M
            ON B.window_start = M.window_start AND B.window_end = M.window_end AND B.num >= M.most
            """),
    Q7("""
            SELECT B.auction, B.price, B.bidder, B.extra FROM bid AS B
            JOIN (
              SELECT MAX(price) AS price, window_end AS dateTime
              FROM TABLE(TUMBLE(TABLE bid, DESCRIPTOR(dateTime), INTERVAL '10' SECOND))
              GROUP BY window_start, window_end) AS M
            ON B.price = M.price WHERE B.dateTime BETWEEN M.dateTime - INTERVAL '10' SECOND AND M.dateTime
            """),
    Q8("""
            SELECT P.id, P.name FROM (
              SELECT id, name, window_start, window_end
              FROM TABLE(TUMBLE(TABLE person, DESCRIPTOR(dateTime), INTERVAL '10' SECOND))
              GROUP BY id, name, window_start, window_end) AS P
            JOIN (
              SELECT seller, window_start, window_end
              FROM TABLE(TUMBLE(TABLE auction, DESCRIPTOR(dateTime), INTERVAL '10' SECOND))
              GROUP BY seller, window_start, window_end) AS A
            ON P.id = A.seller AND P.window_start = A.window_start AND P.window_end = A.window_end
            """, """
            WITH e AS MATERIALIZED (SELECT person, auction FROM auctions WHERE event_type < 2)
            SELECT DISTINCT P.person.id, P.person.name FROM e AS P JOIN e AS A
            ON P.person.id = A.auction.seller AND P.person.dateTime // 10000 = A.auction.dateTime // 10000
            """);

    private static final String TABLES = """
            CREATE TABLE events (
              ad_id STRING, event_type STRING, event_time BIGINT,
              ts AS TO_TIMESTAMP_LTZ(event_time, 3), WATERMARK FOR ts AS ts - INTERVAL '2' SECOND
            ) WITH (connector = 'filesystem', path = '${data}/yahoo.json', format = 'json', 'scan.mode' = 'stream');
            CREATE TABLE ads (ad_id STRING, campaign_id STRING)
            WITH (connector = 'filesystem', path = '${data}/ads.csv', format = 'csv');
            CREATE TABLE auctions (
              event_type INT,
              person ROW<id BIGINT, name STRING, emailAddress STRING, creditCard STRING, city STRING, state STRING,
                dateTime BIGINT, extra STRING>,
              auction ROW<id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT, dateTime BIGINT,
                expires BIGINT, seller BIGINT, category BIGINT, extra STRING>,
              bid ROW<auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, dateTime BIGINT, extra STRING>,
              dateTime AS TO_TIMESTAMP_LTZ(CASE WHEN event_type = 0 THEN person.dateTime
                WHEN event_type = 1 THEN auction.dateTime ELSE bid.dateTime END, 3),
              WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND
            ) WITH (connector = 'filesystem', path = '${data}/auctions.json', format = 'json', 'scan.mode' = 'stream');
            CREATE VIEW person AS SELECT person.id, person.name, person.city, person.state, dateTime
            FROM auctions WHERE event_type = 0;
            CREATE VIEW auction AS SELECT auction.id, auction.seller, auction.category, dateTime
            FROM auctions WHERE event_type = 1;
            CREATE VIEW bid AS SELECT bid.auction, bid.bidder, bid.price, dateTime, bid.extra
            FROM auctions WHERE event_type = 2;
            """;

    private final String query;
    private final String duckDb;

    Workload(String query) {
        this(query, "");
    }

    Workload(String query, String duckDb) {
        this.query = query;
        this.duckDb = duckDb;
    }

    /** Whether all rows go through to the end, so that sums of their columns are compared: number, auction, bidder, price, length of extra. */
    boolean isPassThrough() {
        return this == Q0 || this == Q1;
    }

    /** The query file. */
    String script(Path data) {
        return TABLES.replace("${data}", data.toString()) + query + ";";
    }

    /** The same for DuckDB, over the tables events, ads and auctions, as far as somebody has written it. */
    Optional<String> duckDb() {
        return duckDb.isEmpty() ? Optional.empty() : Optional.of(duckDb);
    }
}
