package io.leat.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A trade as one would write it on an ordinary day. */
record Trade(long account, String symbol, double price, int size, long trade_time) {
    private static final ObjectReader READER = new ObjectMapper().readerFor(Trade.class);

    static void forEach(Lines lines, Consumer<Trade> consumer) throws IOException {
        try (BufferedReader in = reader(lines)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                consumer.accept(READER.readValue(line));
            }
        }
    }

    static BufferedReader reader(Lines lines) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(lines.bytes(), 0, lines.length());
        return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }
}
