package io.leat.benchmarks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The Yahoo query as one would write it on an ordinary day: Jackson, records, hash maps. */
final class YahooWithJackson {
    private static final long WINDOW_MILLIS = 10_000;

    private final ObjectReader reader = new ObjectMapper().readerFor(Event.class);
    private final Map<String, String> campaigns = new HashMap<>();

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Event(String ad_id, String event_type, long event_time) {}

    record Group(String campaign, long window) {}

    /** {@code ads} is the table from ad to campaign, as CSV with a header. */
    YahooWithJackson(byte[] ads) {
        new String(ads, StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .map(row -> row.split(","))
                .forEach(cells -> {
                    campaigns.put(cells[0], cells[1]);
                });
    }

    Map<Group, Long> count(Lines lines) throws IOException {
        Map<Group, Long> counts = new HashMap<>();
        try (BufferedReader in = Trade.reader(lines)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Event event = reader.readValue(line);
                if (!event.event_type().equals("view")) {
                    continue;
                }
                String campaign = campaigns.get(event.ad_id());
                if (campaign != null) {
                    long window = event.event_time() / WINDOW_MILLIS * WINDOW_MILLIS;
                    counts.merge(new Group(campaign, window), 1L, Long::sum);
                }
            }
        }
        return counts;
    }

    Answer answer(Lines lines) throws IOException {
        Answer answer = new Answer();
        count(lines).forEach((group, count) -> answer.add(group.campaign() + " " + group.window() * 1000, count));
        return answer;
    }
}
