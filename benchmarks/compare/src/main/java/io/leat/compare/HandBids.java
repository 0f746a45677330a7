package io.leat.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Queries over bids. */
abstract class HandBids extends HandAuctions {
    private static final long WINDOW_MILLIS = 10_000;

    HandBids() {
        super(1 << BID);
    }

    @Override
    final void event(int type) {
        bid();
    }

    abstract void bid();

    /** q0 and q1: sums of all columns, with prices times a factor. */
    static final class Pass extends HandBids {
        private final long factor;
        private long rows;
        private long auctions;
        private long bidders;
        private long prices;
        private long lengths;

        Pass(long factor) {
            this.factor = factor;
        }

        @Override
        void bid() {
            rows++;
            auctions += auction;
            bidders += bidder;
            prices += factor * price;
            lengths += extraEnd - extraAt;
        }

        @Override
        void end() {
            answer.add(rows + "," + auctions + "," + bidders + "," + prices + "," + lengths);
        }
    }

    /** q2. */
    static final class Selection extends HandBids {
        @Override
        void bid() {
            if (auction % 123 == 0) {
                answer.add(auction + "," + price);
            }
        }
    }

    /** q5: counts of two seconds each, of which five make a window. */
    static final class HotItems extends HandBids {
        private static final long SLICE_MILLIS = 2_000;

        private final TreeMap<Long, LongCounts> slices = new TreeMap<>();
        private long start = Long.MIN_VALUE;
        private LongCounts slice;

        @Override
        void bid() {
            long startOfBid = time - time % SLICE_MILLIS;
            if (startOfBid != start) {
                start = startOfBid;
                slice = slices.computeIfAbsent(start, key -> new LongCounts());
            }
            slice.add(auction, 1);
        }

        @Override
        void end() {
            long last = slices.lastKey() + WINDOW_MILLIS;
            for (long end = slices.firstKey() + SLICE_MILLIS; end <= last; end += SLICE_MILLIS) {
                LongCounts window = new LongCounts();
                slices.subMap(end - WINDOW_MILLIS, end).values().forEach(each -> each.forEach(window::add));
                long most = window.most();
                window.forEach((auction, count) -> {
                    if (count == most) {
                        answer.add(auction + "," + count);
                    }
                });
            }
        }
    }

    /** q7. A window ends with the first moment of the next one, as the query says. */
    static final class Highest extends HandBids {
        private long window = Long.MIN_VALUE;
        private long highest = -1;
        private long highestBefore = -1;
        private final List<String> best = new ArrayList<>();

        @Override
        void bid() {
            long start = time - time % WINDOW_MILLIS;
            if (start != window) {
                answer.addAll(best);
                best.clear();
                highestBefore = start == window + WINDOW_MILLIS ? highest : -1;
                highest = -1;
                window = start;
            }
            if (time == window && price == highestBefore) {
                answer.add(row());
            }
            if (price >= highest) {
                if (price > highest) {
                    best.clear();
                }
                highest = price;
                best.add(row());
            }
        }

        private String row() {
            return auction + "," + price + "," + bidder + "," + text(extraAt, extraEnd);
        }

        @Override
        void end() {
            answer.addAll(best);
        }
    }

    /** Counts by number, which is not zero. */
    private static final class LongCounts {
        private long[] keys = new long[1 << 10];
        private long[] counts = new long[1 << 10];
        private int size;

        interface Visitor {
            void count(long key, long count);
        }

        void add(long key, long more) {
            int mask = keys.length - 1;
            int slot = mix(key) & mask;
            while (keys[slot] != 0 && keys[slot] != key) {
                slot = slot + 1 & mask;
            }
            if (keys[slot] == 0) {
                keys[slot] = key;
                size++;
            }
            counts[slot] += more;
            if (2 * size > keys.length) {
                grow();
            }
        }

        private void grow() {
            LongCounts larger = new LongCounts();
            larger.keys = new long[2 * keys.length];
            larger.counts = new long[2 * keys.length];
            forEach(larger::add);
            keys = larger.keys;
            counts = larger.counts;
        }

        void forEach(Visitor visitor) {
            for (int slot = 0; slot < keys.length; slot++) {
                if (keys[slot] != 0) {
                    visitor.count(keys[slot], counts[slot]);
                }
            }
        }

        long most() {
            long most = 0;
            for (long count : counts) {
                most = Math.max(most, count);
            }
            return most;
        }
    }
}
