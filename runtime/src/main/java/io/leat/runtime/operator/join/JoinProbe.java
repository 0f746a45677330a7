package io.leat.runtime.operator.join;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.pipeline.Pipeline;
import io.leat.runtime.state.KeyBytes;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Finds the partners of a row among the rows of the other side. Candidates have the same key and, where the join is bound, a time in
 * range; where more is asked of a pair, candidates are collected in a batch and tested together.
 */
final class JoinProbe implements AutoCloseable {
    private final JoinKind kind;
    private final boolean atOnce;
    /** Whether a row of the left side is forgotten when it meets its first partner. */
    private final boolean forgets;

    private final KeptRows left;
    private final KeptRows right;
    private final KeptRows.Walk ofLeft;
    private final KeptRows.Walk ofRight;
    private final JoinClock clock;
    private final JoinOutput out;
    private final Candidates candidates;
    private final BytesResult partnerKey;

    /**
     * @param test marks pairs; null if there is nothing to test
     */
    JoinProbe(
            NodeSpec.StreamJoin spec,
            JoinRows left,
            JoinRows right,
            JoinClock clock,
            Pipeline test,
            JoinOutput out,
            int batchRows,
            BufferAllocator allocator) {
        this.kind = spec.kind();
        this.atOnce = spec.atOnce();
        this.forgets = spec.isDoneWithPartner();
        this.left = left.kept();
        this.right = right.kept();
        this.ofLeft = this.left.walk();
        this.ofRight = this.right.walk();
        this.clock = clock;
        this.out = out;
        this.candidates = test == null
                ? null
                : new Candidates(
                        new PairTest(spec, test, left.codec(), right.codec(), batchRows, allocator), allocator);
        this.partnerKey = new BytesResult(allocator);
    }

    /** Finds the partners of the current row, emits the pairs, and answers with the sum of the partners' weights. */
    long find(JoinRows own, boolean isLeft) {
        KeptRows.Walk partner = isLeft ? ofRight : ofLeft;
        boolean timed = clock.isOrdered();
        long earliest = timed ? clock.earliestPartner(own.time(), isLeft) : own.time();
        long latest = timed ? clock.latestPartner(own.time(), isLeft) : own.time();
        long sum = 0;
        boolean more = partner.seek(own.keyAddress(), own.prefixLength(), timed, earliest, latest);
        while (more) {
            if (candidates == null) {
                sum += matched(own, isLeft, partner);
            } else {
                candidates.add(own, isLeft, partner);
                sum += candidates.isFull() ? tested(own, isLeft) : 0;
            }
            more = partner.next();
        }
        return candidates == null ? sum : sum + tested(own, isLeft);
    }

    /** The row that the walk stands at is a partner. */
    private long matched(JoinRows own, boolean isLeft, KeptRows.Walk partner) {
        long weight = KeptValue.weight(partner.valueAddress());
        long partners = KeptValue.partners(partner.valueAddress());
        int offset = KeptValue.rowOffset(partner.valueAddress());
        long row = partner.keyAddress() + offset;
        if (asksOfPartner(isLeft)) {
            partnerKey.clear();
            partnerKey.append(partner.keyAddress(), partner.keyLength());
            row = partnerKey.address() + offset;
            met(own, isLeft, partnerKey.address(), partnerKey.length(), offset, weight, partners);
        }
        if (kind.hasRightColumns()) {
            out.pair(isLeft ? own.rowAddress() : row, isLeft ? row : own.rowAddress(), own.weight() * weight);
        }
        return weight;
    }

    /** Tests the candidates; answers with the sum of the weights of those that are partners. */
    private long tested(JoinRows own, boolean isLeft) {
        long sum = 0;
        candidates.pairs.test();
        for (int i = 0; i < candidates.pairs.size(); i++) {
            if (!candidates.pairs.matches(i)) {
                continue;
            }
            long weight = candidates.weights[i];
            sum += weight;
            if (asksOfPartner(isLeft)) {
                long key = candidates.key(i);
                met(own, isLeft, key, candidates.keyLength(i), candidates.offsets[i], weight, candidates.partners[i]);
            }
            if (kind.hasRightColumns()) {
                candidates.pairs.emit(i, out, own.weight() * weight);
            }
        }
        candidates.clear();
        return sum;
    }

    private boolean asksOfPartner(boolean isLeft) {
        return isLeft ? kind.asksOfRight() : kind.asksOfLeft();
    }

    /** A row that is kept got a partner, or lost one. */
    private void met(JoinRows own, boolean isLeft, long key, int length, int rowOffset, long weight, long partners) {
        long now = partners + own.weight();
        long time = clock.isOrdered() ? KeyBytes.readLong(key + own.prefixLength()) : own.time();
        if (forgets) {
            left.forget(key, length, own.prefixLength(), clock.due(time, true));
        } else {
            (isLeft ? right : left).partners(key, length, own.prefixLength(), clock.due(time, !isLeft), now);
        }
        boolean has = now != 0;
        if (has == (partners != 0)) {
            return;
        }
        if (kind == JoinKind.MARK) {
            // One after the other, so that who counts them sees a row that was replaced.
            if (atOnce) {
                out.marked(key + rowOffset, !has, -weight);
                out.marked(key + rowOffset, has, weight);
            } else {
                out.marked(key + rowOffset, true, has ? weight : -weight);
            }
        } else if (kind == JoinKind.SEMI) {
            out.single(key + rowOffset, !isLeft, has ? weight : -weight);
        } else if (atOnce) {
            out.single(key + rowOffset, !isLeft, has ? -weight : weight);
        }
    }

    @Override
    public void close() {
        partnerKey.close();
        if (candidates != null) {
            candidates.close();
        }
    }

    /** Pairs of one row that are still to be tested, with what is known of the partner. */
    private static final class Candidates implements AutoCloseable {
        /** Bytes of keys after which candidates are tested, whatever their number. */
        private static final int FULL_KEYS = 1 << 20;

        private final PairTest pairs;
        private final BytesResult keys;
        private int[] keyStarts = new int[16];
        private int[] offsets = new int[16];
        private long[] weights = new long[16];
        private long[] partners = new long[16];

        Candidates(PairTest pairs, BufferAllocator allocator) {
            this.pairs = pairs;
            this.keys = new BytesResult(allocator);
        }

        boolean isFull() {
            return pairs.isFull() || keys.length() >= FULL_KEYS;
        }

        void add(JoinRows own, boolean isLeft, KeptRows.Walk partner) {
            int row = pairs.size();
            if (row + 1 >= keyStarts.length) {
                int larger = 2 * keyStarts.length;
                keyStarts = Arrays.copyOf(keyStarts, larger);
                offsets = Arrays.copyOf(offsets, larger);
                weights = Arrays.copyOf(weights, larger);
                partners = Arrays.copyOf(partners, larger);
            }
            weights[row] = KeptValue.weight(partner.valueAddress());
            partners[row] = KeptValue.partners(partner.valueAddress());
            offsets[row] = KeptValue.rowOffset(partner.valueAddress());
            keyStarts[row] = keys.length();
            long bytes = partner.keyAddress() + offsets[row];
            pairs.add(isLeft ? own.rowAddress() : bytes, isLeft ? bytes : own.rowAddress());
            keys.append(partner.keyAddress(), partner.keyLength());
            keyStarts[row + 1] = keys.length();
        }

        long key(int row) {
            return keys.address() + keyStarts[row];
        }

        int keyLength(int row) {
            return keyStarts[row + 1] - keyStarts[row];
        }

        void clear() {
            pairs.clear();
            keys.clear();
        }

        @Override
        public void close() {
            pairs.close();
            keys.close();
        }
    }
}
