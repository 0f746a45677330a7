package io.leat.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The Yahoo query as a program of its own: it knows the order of the fields, believes that every line is well-formed, looks at nothing it
 * does not need, and copies nothing. The roof of what a compiler could make of it.
 */
final class YahooByHand {
    private static final long WINDOW_MILLIS = 10_000;
    private static final int ID_BYTES = 36;
    private static final int SLOTS = 1 << 12;
    private static final long VIEW = 0x2277656976L;
    private static final long FIVE_BYTES = 0xFFFFFFFFFFL;

    private static final int TO_USER = "{\"user_id\":\"".length();
    private static final int TO_PAGE = "\",\"page_id\":\"".length();
    private static final int TO_AD = "\",\"ad_id\":\"".length();
    private static final int TO_TYPE = "\",\"ad_type\":\"".length();
    private static final int TO_EVENT = "\",\"event_type\":\"".length();
    private static final int FROM_VIEW_TO_TIME = "view\",\"event_time\":".length();

    private final byte[] names;
    private final int[] slots = new int[SLOTS];
    private final int[] campaigns;
    private final Map<String, Integer> campaignNumbers = new HashMap<>();
    private final LongCounts counts = new LongCounts();

    /** {@code ads} is the table from ad to campaign, as CSV with a header. */
    YahooByHand(byte[] ads) {
        String[] rows = new String(ads, StandardCharsets.US_ASCII).split("\n");
        names = new byte[rows.length * ID_BYTES];
        campaigns = new int[rows.length];
        for (int ad = 1; ad < rows.length; ad++) {
            String[] cells = rows[ad].split(",");
            System.arraycopy(cells[0].getBytes(StandardCharsets.US_ASCII), 0, names, ad * ID_BYTES, ID_BYTES);
            campaigns[ad] = campaignNumbers.computeIfAbsent(cells[1], name -> campaignNumbers.size());
            int slot = slot(names, ad * ID_BYTES);
            while (slots[slot] != 0) {
                slot = slot + 1 & SLOTS - 1;
            }
            slots[slot] = ad;
        }
    }

    private static int slot(byte[] bytes, int at) {
        return (int) Bytes.mix(Bytes.word(bytes, at)) & SLOTS - 1;
    }

    /** The campaign of an ad, or -1. */
    private int campaign(byte[] lines, int at) {
        int slot = slot(lines, at);
        while (slots[slot] != 0) {
            int ad = slots[slot];
            if (Bytes.equal(lines, at, names, ad * ID_BYTES, ID_BYTES)) {
                return campaigns[ad];
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return -1;
    }

    /** Counts views by campaign and window. */
    LongCounts count(Lines input) {
        byte[] lines = input.bytes();
        int length = input.length();
        counts.clear();
        int at = 0;
        while (at < length) {
            at = Bytes.find(lines, at + TO_USER, '"');
            at = Bytes.find(lines, at + TO_PAGE, '"');
            int ad = at + TO_AD;
            at = Bytes.find(lines, ad, '"');
            at = Bytes.find(lines, at + TO_TYPE, '"');
            int event = at + TO_EVENT;
            at = event;
            if ((Bytes.word(lines, event) & FIVE_BYTES) == VIEW) {
                int time = event + FROM_VIEW_TO_TIME;
                at = Bytes.find(lines, time, ',');
                int campaign = campaign(lines, ad);
                if (campaign >= 0) {
                    long window = Bytes.number(lines, time, at) / WINDOW_MILLIS;
                    counts.add(window * YahooEvents.CAMPAIGNS + campaign);
                }
            }
            at = Bytes.find(lines, at, '\n') + 1;
        }
        return counts;
    }

    Answer answer(Lines lines) {
        Map<Integer, String> campaignNames = new HashMap<>();
        campaignNumbers.forEach((name, number) -> campaignNames.put(number, name));
        Answer answer = new Answer();
        count(lines).forEach((key, count) -> {
            String name = campaignNames.get((int) (key % YahooEvents.CAMPAIGNS));
            long micros = key / YahooEvents.CAMPAIGNS * WINDOW_MILLIS * 1000;
            answer.add(name + " " + micros, count);
        });
        return answer;
    }
}
