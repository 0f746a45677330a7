package io.leat.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Events of the Yahoo benchmark as JSON, 245 bytes each, of which one, three or all seven columns are used, each for next to nothing. */
public class DecodeBenchmark extends Shape {
    private static final int EVENTS = 200_000;
    private static final long FIRST_MILLIS = 1_450_396_800_000L;

    private static final String TABLE = """
            CREATE TABLE events (
              user_id STRING, page_id STRING, ad_id STRING, ad_type STRING, event_type STRING, event_time BIGINT,
              ip_address STRING
            ) WITH (connector = 'rounds', rounds = '${lines}', scan.mode = 'bounded');
            """;
    private static final String ONE = "FROM events |> AGGREGATE SUM(event_time - " + FIRST_MILLIS;
    private static final String THREE = ONE + " + OCTET_LENGTH(ad_id) + OCTET_LENGTH(event_type)";
    private static final String SEVEN = THREE
            + " + OCTET_LENGTH(user_id) + OCTET_LENGTH(page_id) + OCTET_LENGTH(ad_type) + OCTET_LENGTH(ip_address)";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Param({"1", "3", "7"})
    private int columns;

    private ObjectReader reader;
    private Lines lines;

    /** What the columns that are used add up to. */
    private interface Event {
        long sum();
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record One(long event_time) implements Event {
        @Override
        public long sum() {
            return event_time - FIRST_MILLIS;
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Three(String ad_id, String event_type, long event_time) implements Event {
        @Override
        public long sum() {
            return event_time - FIRST_MILLIS + ad_id.length() + event_type.length();
        }
    }

    private record Seven(
            String user_id,
            String page_id,
            String ad_id,
            String ad_type,
            String event_type,
            long event_time,
            String ip_address)
            implements Event {
        @Override
        public long sum() {
            int texts = user_id.length() + page_id.length() + ad_id.length();
            return event_time - FIRST_MILLIS + texts + ad_type.length() + event_type.length() + ip_address.length();
        }
    }

    @Setup
    public void prepare() throws IOException {
        lines = new Lines(new YahooEvents(YahooEvents.SEED).lines(EVENTS));
        Class<?> type = columns == 1 ? One.class : columns == 3 ? Three.class : Seven.class;
        reader = MAPPER.readerFor(type);
        String query = TABLE + (columns == 1 ? ONE : columns == 3 ? THREE : SEVEN) + ") AS total";
        Answer withJackson = new Answer();
        withJackson.add("", jackson());
        Answer answerByHand = new Answer();
        answerByHand.add("", byHand());
        prepare(query, lines, Lines.NONE, withJackson, answerByHand);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void leat() {
        round();
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long jackson() throws IOException {
        long sum = 0;
        try (BufferedReader in = Trade.reader(lines)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Event event = reader.readValue(line);
                sum += event.sum();
            }
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long byHand() {
        return EventParser.sum(lines, columns);
    }
}
