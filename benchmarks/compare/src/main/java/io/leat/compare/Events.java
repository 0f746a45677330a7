package io.leat.compare;

import io.leat.benchmarks.YahooEvents;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes the data of all workloads: {@code Events DATA SEED YAHOO_ROWS AUCTION_ROWS}. Events of the auction house are in the order of their
 * time, one person and three auctions to 46 bids, half of which go to an auction that is much in demand.
 */
public final class Events {
    private static final long START_MILLIS = 1_700_000_000_000L;
    private static final int PER_MILLISECOND = 10;
    private static final int ROUND = 50;
    private static final List<String> STATES = List.of("AZ", "CA", "ID", "OR", "WA", "WY");
    private static final List<String> CITIES =
            List.of("Phoenix", "San Francisco", "Boise", "Portland", "Kent", "Cheyenne");
    private static final List<String> NAMES = List.of("Peter Shultz", "Vicky Noris", "Kate Smith", "Walter White");

    private final SplittableRandom random;
    private long persons = 1000;
    private long auctions = 1000;

    private Events(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            System.err.println("usage: Events DATA SEED YAHOO_ROWS AUCTION_ROWS");
            System.exit(2);
        }
        Path data = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        Files.createDirectories(data);
        YahooEvents yahoo = new YahooEvents(seed);
        Files.write(data.resolve("ads.csv"), yahoo.ads());
        try (OutputStream out = Files.newOutputStream(data.resolve("yahoo.json"))) {
            // In pieces that are written at once.
            for (int left = Integer.parseInt(arguments[2]); left > 0; left -= 10_000) {
                out.write(yahoo.lines(Math.min(left, 10_000)));
            }
        }
        new Events(seed).write(data.resolve("auctions.json"), Integer.parseInt(arguments[3]));
        Files.writeString(data.resolve("rows"), String.join(" ", "seed", arguments[1], arguments[2], arguments[3]));
    }

    /** How the data came to be. */
    static String describe(Path data) throws IOException {
        return Files.readString(data.resolve("rows"));
    }

    static long rows(Path data, Workload workload) throws IOException {
        return Long.parseLong(describe(data).split(" ")[workload == Workload.YAHOO ? 2 : 3]);
    }

    private void write(Path file, int rows) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            for (int i = 0; i < rows; i++) {
                long time = START_MILLIS + i / PER_MILLISECOND;
                int place = i % ROUND;
                out.write(place == 0 ? person(time) : place < 4 ? auction(time) : bid(time));
            }
        }
    }

    private String person(long time) {
        String name = one(NAMES);
        return String.format(
                Locale.ROOT,
                "{\"event_type\":0,\"person\":{\"id\":%d,\"name\":\"%s\",\"emailAddress\":\"%s@example.com\",\"creditCard\":"
                        + "\"%04d %04d\",\"city\":\"%s\",\"state\":\"%s\",\"dateTime\":%d,\"extra\":\"%s\"}}\n",
                persons++,
                name,
                name.substring(0, 4),
                random.nextInt(10_000),
                random.nextInt(10_000),
                one(CITIES),
                one(STATES),
                time,
                letters(90));
    }

    private String auction(long time) {
        long seller = random.nextInt(4) > 0 ? (persons - 1) / 4 * 4 : earlier(persons, 1000);
        long price = price();
        return "{\"event_type\":1,\"auction\":{\"id\":" + auctions++ + ",\"itemName\":\"item" + letters(16)
                + "\",\"description\":\"" + letters(60) + "\",\"initialBid\":" + price + ",\"reserve\":"
                + (price + price()) + ",\"dateTime\":" + time + ",\"expires\":" + (time + 1 + random.nextInt(20_000))
                + ",\"seller\":" + Math.max(1000, seller) + ",\"category\":" + (10 + random.nextInt(5))
                + ",\"extra\":\""
                + letters(150) + "\"}}\n";
    }

    private String bid(long time) {
        long auction = random.nextBoolean() ? (auctions - 1) / 100 * 100 : earlier(auctions, 100);
        long bidder = random.nextInt(4) > 0 ? (persons - 1) / 100 * 100 + 1 : earlier(persons, 1000);
        int channel = random.nextInt(10_000);
        return "{\"event_type\":2,\"bid\":{\"auction\":" + auction + ",\"bidder\":" + bidder + ",\"price\":" + price()
                + ",\"channel\":\"channel-" + channel
                + "\",\"url\":\"https://www.example.com/abc/item.htm?query=1&channel="
                + channel + "\",\"dateTime\":" + time + ",\"extra\":\"" + letters(30) + "\"}}\n";
    }

    /** One of the last so many numbers. */
    private long earlier(long next, int many) {
        return Math.max(1000, next - 1 - random.nextInt(many));
    }

    private long price() {
        return Math.round(Math.pow(10, random.nextDouble() * 6) * 100);
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String letters(int many) {
        StringBuilder letters = new StringBuilder(many);
        long bits = 0;
        for (int i = 0; i < many; i++) {
            bits = i % 16 == 0 ? random.nextLong() : bits >>> 4;
            letters.append((char) ('a' + (bits & 15)));
        }
        return letters.toString();
    }
}
