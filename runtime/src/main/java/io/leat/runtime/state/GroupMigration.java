package io.leat.runtime.state;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes groups that aggregates keep from one layout to another in which some of the aggregates are left out, or have other places.
 * Sections are as {@link GroupSections} writes them; keys stay.
 */
public final class GroupMigration {
    private final List<Slot> before;
    private final List<Integer> accumulators;
    private final List<Integer> sets;
    private final int setsBefore;

    /**
     * What is kept of an aggregate in the layout of before.
     *
     * @param width in bytes
     * @param texts how many texts it points to
     */
    public record Slot(int width, int texts) {}

    /**
     * @param before the aggregates of the layout of before
     * @param accumulators for each aggregate of now, which of those it was
     * @param setsBefore how many sets of DISTINCT calls there were
     * @param sets for each set of now, which of those it was
     */
    public GroupMigration(List<Slot> before, List<Integer> accumulators, int setsBefore, List<Integer> sets) {
        this.before = List.copyOf(before);
        this.accumulators = List.copyOf(accumulators);
        this.setsBefore = setsBefore;
        this.sets = List.copyOf(sets);
    }

    /** The entries of a section that was not read yet, in the layout of now. */
    public SectionBlock migrate(SectionReader in) {
        SectionWriter out = new SectionWriter();
        while (in.next()) {
            out.entry();
            GroupSections.Place.read(in).write(out);
            out.putLong(in.getLong());
            put(in.getBytes(), out);
            values(in.getBytes(), in.getBytes(), out);
            sets(in, out);
        }
        if (!in.isRead()) {
            throw new IllegalStateException("a section of groups has more than its entries");
        }
        return SectionBlock.of(out.toBytes(), in.entries());
    }

    private static void put(byte[] bytes, SectionWriter out) {
        out.putBytes(bytes, bytes.length);
    }

    /** Fixed parts stand behind each other, and so do the texts that they point to, each with its length before it. */
    private void values(byte[] fixed, byte[] texts, SectionWriter out) {
        List<byte[]> fixedOf = new ArrayList<>();
        List<byte[]> textsOf = new ArrayList<>();
        SectionReader from = new SectionReader(fixed, 1);
        SectionReader pointed = new SectionReader(texts, 1);
        for (Slot slot : before) {
            fixedOf.add(from.take(slot.width()));
            SectionWriter ofSlot = new SectionWriter();
            for (int text = 0; text < slot.texts(); text++) {
                put(pointed.getBytes(), ofSlot);
            }
            textsOf.add(ofSlot.toBytes());
        }
        put(together(fixedOf), out);
        put(together(textsOf), out);
    }

    private byte[] together(List<byte[]> parts) {
        SectionWriter together = new SectionWriter();
        accumulators.forEach(each -> together.append(parts.get(each)));
        return together.toBytes();
    }

    private void sets(SectionReader in, SectionWriter out) {
        List<byte[]> values = new ArrayList<>();
        for (int set = 0; set < setsBefore; set++) {
            SectionWriter ofSet = new SectionWriter();
            int count = in.getInt();
            ofSet.putInt(count);
            for (int i = 0; i < count; i++) {
                ofSet.putLong(in.getLong());
                put(in.getBytes(), ofSet);
            }
            values.add(ofSet.toBytes());
        }
        sets.forEach(set -> out.append(values.get(set)));
    }
}
