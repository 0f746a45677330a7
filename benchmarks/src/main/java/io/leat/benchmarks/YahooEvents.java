package io.leat.benchmarks;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Events of the Yahoo streaming benchmark, as JSON lines: somebody saw, clicked or bought through an ad of a campaign. The same seed
 * gives the same bytes.
 *
 * <p>A second of event time holds {@link #EVENTS_PER_SECOND} events. They are up to {@link #MAX_DISORDER_MILLIS} out of order, which is
 * less than the watermark of the query allows: no event is late, however it is read.
 */
public final class YahooEvents {
    /** Files and tests that must agree use this one. */
    public static final long SEED = 20_151_218L;

    public static final int CAMPAIGNS = 100;
    public static final int ADS_PER_CAMPAIGN = 10;
    public static final int EVENTS_PER_SECOND = 10_000;
    public static final int MAX_DISORDER_MILLIS = 1_500;

    private static final long START_MILLIS = 1_450_396_800_000L;
    /** One event in this many is for an ad that no campaign knows. */
    private static final int UNKNOWN_ADS = 50;

    private static final String[] AD_TYPES = {"banner", "modal", "sponsored-search", "mail", "mobile"};
    private static final String[] EVENT_TYPES = {"view", "click", "purchase"};
    private static final int USERS = 10_000;
    private static final int LINE_BYTES = 320;

    private final SplittableRandom random;
    private final byte[][] ads;
    private final byte[][] campaigns;
    private long count;

    public YahooEvents(long seed) {
        SplittableRandom names = new SplittableRandom(seed);
        this.ads = new byte[CAMPAIGNS * ADS_PER_CAMPAIGN][];
        this.campaigns = new byte[CAMPAIGNS][];
        for (int i = 0; i < CAMPAIGNS; i++) {
            campaigns[i] = id(names);
        }
        for (int i = 0; i < ads.length; i++) {
            ads[i] = id(names);
        }
        this.random = names.split();
    }

    private static byte[] id(SplittableRandom random) {
        return ascii(new UUID(random.nextLong(), random.nextLong()).toString());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The table from ad to campaign, as CSV with a header. */
    public byte[] ads() {
        StringBuilder csv = new StringBuilder("ad_id,campaign_id\n");
        for (int i = 0; i < ads.length; i++) {
            csv.append(new String(ads[i], StandardCharsets.US_ASCII))
                    .append(',')
                    .append(new String(campaigns[i / ADS_PER_CAMPAIGN], StandardCharsets.US_ASCII))
                    .append('\n');
        }
        return ascii(csv.toString());
    }

    /** The same table as JSON lines. */
    public byte[] adsAsJson() {
        String csv = new String(ads(), StandardCharsets.US_ASCII);
        return ascii(csv.lines()
                .skip(1)
                .map(row -> row.split(","))
                .map(cells -> "{\"ad_id\":\"" + cells[0] + "\",\"campaign_id\":\"" + cells[1] + "\"}\n")
                .collect(Collectors.joining()));
    }

    /** Writes the next events, a line each. */
    public void write(OutputStream out, int events) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(LINE_BYTES);
        for (int i = 0; i < events; i++) {
            line.reset();
            next(line);
            line.writeTo(out);
        }
    }

    /** The next events in one array. */
    public byte[] lines(int events) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(events * 256);
        try {
            write(out, events);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void next(ByteArrayOutputStream line) {
        long millis = START_MILLIS + count * 1000 / EVENTS_PER_SECOND - random.nextInt(MAX_DISORDER_MILLIS);
        count++;
        field(line, "{\"user_id\":\"", user(random.nextInt(USERS)));
        field(line, "\",\"page_id\":\"", user(random.nextInt(USERS) + USERS));
        field(line, "\",\"ad_id\":\"", random.nextInt(UNKNOWN_ADS) == 0 ? id(random) : ads[random.nextInt(ads.length)]);
        field(line, "\",\"ad_type\":\"", ascii(AD_TYPES[random.nextInt(AD_TYPES.length)]));
        field(line, "\",\"event_type\":\"", ascii(EVENT_TYPES[random.nextInt(EVENT_TYPES.length)]));
        field(line, "\",\"event_time\":", ascii(Long.toString(millis)));
        field(line, ",\"ip_address\":\"", address());
        line.writeBytes(END);
    }

    private static final byte[] END = ascii("\"}\n");

    private static void field(ByteArrayOutputStream line, String before, byte[] value) {
        line.writeBytes(ascii(before));
        line.writeBytes(value);
    }

    private static byte[] user(int number) {
        return ascii(new UUID(number * 0x9E3779B97F4A7C15L, number * 0xC2B2AE3D27D4EB4FL).toString());
    }

    private byte[] address() {
        int bits = random.nextInt();
        return ascii((bits >>> 24) + "." + (bits >>> 16 & 0xFF) + "." + (bits >>> 8 & 0xFF) + "." + (bits & 0xFF));
    }

    /** Writes {@code events.json} and {@code ads.csv} into a directory. */
    public static void writeFiles(Path directory, int events) throws IOException {
        YahooEvents yahoo = new YahooEvents(SEED);
        Files.createDirectories(directory);
        Files.write(directory.resolve("ads.csv"), yahoo.ads());
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(directory.resolve("events.json")), 1 << 20)) {
            yahoo.write(out, events);
        }
    }

    /** {@code YahooEvents EVENTS DIRECTORY} */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: YahooEvents EVENTS DIRECTORY");
            System.exit(2);
        }
        writeFiles(Path.of(arguments[1]), Integer.parseInt(arguments[0]));
    }
}
