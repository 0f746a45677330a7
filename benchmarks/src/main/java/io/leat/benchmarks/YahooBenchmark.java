package io.leat.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** The Yahoo streaming benchmark: events as JSON, those that are views, the campaign of their ad, a count per campaign and 10 s. */
public class YahooBenchmark extends Shape {
    /** Whole windows of 10 s. */
    private static final int EVENTS = 200_000;

    private static final long ROUND_MILLIS = EVENTS * 1000L / YahooEvents.EVENTS_PER_SECOND;

    static final String QUERY = """
            CREATE TABLE events (
              user_id STRING, page_id STRING, ad_id STRING, ad_type STRING, event_type STRING, event_time BIGINT,
              ip_address STRING, ts AS TO_TIMESTAMP_LTZ(event_time, 3), WATERMARK FOR ts AS ts - INTERVAL '2' SECOND
            ) WITH (connector = 'rounds', rounds = '${lines}');
            CREATE TABLE ads (ad_id STRING, campaign_id STRING)
            WITH (connector = 'rounds', rounds = '${lookup}', scan.mode = 'bounded');
            FROM events
            |> WHERE event_type = 'view'
            |> JOIN ads ON events.ad_id = ads.ad_id
            |> CALL TUMBLE(ts, INTERVAL '10' SECOND)
            |> AGGREGATE COUNT(*) AS views GROUP BY campaign_id, window_start
            """;

    private Lines lines;
    private YahooByHand byHand;
    private YahooWithJackson withJackson;

    @Setup
    public void prepare() throws IOException {
        YahooEvents events = new YahooEvents(YahooEvents.SEED);
        lines = new Lines(events.lines(EVENTS));
        byHand = new YahooByHand(events.ads());
        withJackson = new YahooWithJackson(events.ads());
        Lines ads = new Lines(events.adsAsJson());
        prepare(QUERY, lines, ads, withJackson.answer(lines), byHand.answer(lines));
    }

    /** Time goes on, or all rows of the next round would be late. */
    @Setup(Level.Invocation)
    public void later() {
        lines.addToTimes(ROUND_MILLIS);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void leat() {
        round();
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public Object jackson() throws IOException {
        return withJackson.count(lines);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public Object byHand() {
        return byHand.count(lines);
    }
}
