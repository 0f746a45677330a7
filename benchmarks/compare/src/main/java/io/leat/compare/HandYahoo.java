package io.leat.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The Yahoo streaming benchmark: an array of counts for each window. */
final class HandYahoo extends HandLoop {
    private static final int ID_BYTES = 36;
    private static final int SLOTS = 1 << 12;
    private static final long WINDOW_MILLIS = 10_000;
    private static final long AD_ID = word("ad_id");
    private static final long EVENT_TYPE = word("event_type");
    private static final long EVENT_TIME = word("event_time");
    private static final int VIEW = (int) word("view");

    private final List<String> campaigns = new ArrayList<>();
    /** By slot: the number of an ad, plus one. */
    private final int[] slots = new int[SLOTS];

    private final byte[][] ads;
    private final int[] campaignOfAd;
    private final TreeMap<Long, long[]> windows = new TreeMap<>();
    private long window = Long.MIN_VALUE;
    private long[] counts;

    HandYahoo(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        ads = new byte[lines.size() - 1][];
        campaignOfAd = new int[ads.length];
        for (int ad = 0; ad < ads.length; ad++) {
            String[] cells = lines.get(ad + 1).split(",");
            ads[ad] = cells[0].getBytes(StandardCharsets.US_ASCII);
            if (!campaigns.contains(cells[1])) {
                campaigns.add(cells[1]);
            }
            campaignOfAd[ad] = campaigns.indexOf(cells[1]);
            int slot = slot(ads[ad], 0);
            while (slots[slot] != 0) {
                slot = slot + 1 & SLOTS - 1;
            }
            slots[slot] = ad + 1;
        }
    }

    private static int slot(byte[] bytes, int at) {
        return mix(word(bytes, at) ^ Long.rotateLeft(word(bytes, at + 28), 23)) & SLOTS - 1;
    }

    @Override
    int line(int from) {
        byte[] bytes = this.bytes;
        int ad = -1;
        long time = -1;
        int wanted = 3;
        int at = from;
        while (bytes[at] != '}') {
            int name = at + 2;
            int length = textEnd(bytes, name) - name;
            long word = name(bytes, name, length);
            at = name + length + 2;
            if (bytes[at] == '"') {
                int end = textEnd(bytes, at + 1);
                if (length == 5 && word == AD_ID) {
                    ad = end - at - 1 == ID_BYTES ? at + 1 : -1;
                    wanted--;
                } else if (length == 10 && word == EVENT_TYPE) {
                    if (end - at != 5 || (int) word(bytes, at + 1) != VIEW) {
                        return nextLine(bytes, end);
                    }
                    wanted--;
                }
                at = end + 1;
            } else {
                long number = 0;
                while (bytes[at] >= '0') {
                    number = 10 * number + bytes[at++] - '0';
                }
                if (length == 10 && word == EVENT_TIME) {
                    time = number;
                    wanted--;
                }
            }
            if (wanted == 0) {
                count(bytes, ad, time);
                return nextLine(bytes, at);
            }
        }
        return nextLine(bytes, at);
    }

    private void count(byte[] bytes, int at, long time) {
        int slot = slot(bytes, at);
        while (slots[slot] != 0) {
            int ad = slots[slot] - 1;
            if (isAt(ads[ad], bytes, at)) {
                long start = time - time % WINDOW_MILLIS;
                if (start != window) {
                    window = start;
                    counts = windows.computeIfAbsent(start, key -> new long[campaigns.size()]);
                }
                counts[campaignOfAd[ad]]++;
                return;
            }
            slot = slot + 1 & SLOTS - 1;
        }
    }

    private static boolean isAt(byte[] ad, byte[] bytes, int at) {
        for (int done = 0; done < 32; done += 8) {
            if (word(ad, done) != word(bytes, at + done)) {
                return false;
            }
        }
        return word(ad, 28) == word(bytes, at + 28);
    }

    @Override
    void end() {
        windows.forEach((start, ofWindow) -> {
            for (int campaign = 0; campaign < ofWindow.length; campaign++) {
                if (ofWindow[campaign] > 0) {
                    answer.add(campaigns.get(campaign) + "," + start / 1000 + "," + ofWindow[campaign]);
                }
            }
        });
    }
}
