package io.leat.runtime.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sections of a chain come to when they are merged is what they come to when they are read one after another. */
class SectionMergeTest {
    private static final int KEYS = 300;

    /** A section in blocks. */
    private static final class Blocks {
        private final List<SectionBlock> blocks = new ArrayList<>();
        private final SectionWriter writer = new SectionWriter(
                (form, bytes, length, entries) -> blocks.add(SectionBlock.of(Arrays.copyOf(bytes, length), entries)));

        Supplier<SectionReader> reader(boolean more) {
            writer.flush();
            return () -> new SectionReader(blocks, more);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void entry(SectionWriter out, byte kind, String key, String value) {
        out.of(SectionForm.KEYED).entry();
        out.putByte(kind);
        out.putBytes(bytes(key), bytes(key).length);
        out.putBytes(bytes(value), bytes(value).length);
    }

    private static Map<String, String> entries(SectionReader in) {
        Map<String, String> entries = new TreeMap<>();
        while (in.next()) {
            assertEquals(ChangeLog.ADDED, in.getByte());
            String key = new String(in.getBytes(), StandardCharsets.UTF_8);
            assertEquals(null, entries.put(key, new String(in.getBytes(), StandardCharsets.UTF_8)), key);
        }
        assertTrue(in.isRead());
        return entries;
    }

    /** Makes a random change of a map, and notes it. */
    private static void change(Map<String, String> now, Random random, int valueBytes, SectionWriter out) {
        String key = "k" + random.nextInt(KEYS);
        String value = "v" + random.nextInt(1000) + "x".repeat(random.nextInt(valueBytes));
        if (!now.containsKey(key)) {
            now.put(key, value);
            entry(out, ChangeLog.ADDED, key, value);
        } else if (random.nextBoolean()) {
            now.remove(key);
            entry(out, ChangeLog.REMOVED, key, "");
        } else {
            now.put(key, value);
            entry(out, ChangeLog.REPLACED, key, value);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 9 << 20, 60 << 20}) // which is in one share, in two, and in several
    void entriesAreWhatTheyHaveBecome(long changedBytes) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Map<String, String> now = new TreeMap<>();
            List<Supplier<SectionReader>> sections = new ArrayList<>();
            if (seed % 4 > 0) {
                for (int i = 0; i < KEYS / 2; i++) {
                    now.put("k" + random.nextInt(KEYS), "begin " + i);
                }
                Blocks first = new Blocks();
                now.forEach((key, value) -> entry(first.writer, ChangeLog.ADDED, key, value));
                sections.add(first.reader(false));
            }
            for (int section = 0; section < 1 + seed % 5; section++) {
                Blocks later = new Blocks();
                for (int i = random.nextInt(200); i >= 0; i--) {
                    change(now, random, 1 + seed * 50, later.writer);
                }
                sections.add(later.reader(true));
            }
            Blocks merged = new Blocks();
            SectionMerge.merge(SectionForm.KEYED, sections, changedBytes, place -> true, merged.writer);
            assertEquals(now, entries(merged.reader(false).get()), "seed " + seed);
        }
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        Blocks first = new Blocks();
        entry(first.writer, ChangeLog.ADDED, "a", "1");
        for (byte kind : new byte[] {ChangeLog.REMOVED, ChangeLog.REPLACED}) {
            Blocks later = new Blocks();
            entry(later.writer, kind, "b", "");
            List<Supplier<SectionReader>> sections = List.of(first.reader(false), later.reader(true));
            assertThrows(
                    IllegalStateException.class,
                    () -> SectionMerge.merge(SectionForm.KEYED, sections, 1, place -> true, new SectionWriter()));
        }
        Blocks twice = new Blocks();
        entry(twice.writer, ChangeLog.ADDED, "c", "");
        entry(twice.writer, ChangeLog.ADDED, "c", "");
        List<Supplier<SectionReader>> sections = List.of(first.reader(false), twice.reader(true));
        assertThrows(
                IllegalStateException.class,
                () -> SectionMerge.merge(SectionForm.KEYED, sections, 1, place -> true, new SectionWriter()));
    }

    private static void group(SectionWriter out, long slice, String key, String accumulators, String... values) {
        out.of(SectionForm.groups(1)).entry();
        new GroupSections.Place(slice, 0, 0).write(out);
        out.putLong(key.hashCode());
        for (String each : List.of(key, accumulators, "")) {
            out.putBytes(bytes(each), bytes(each).length);
        }
        out.putInt(values.length);
        for (String value : values) {
            out.putLong(value.hashCode());
            out.putBytes(bytes(value), bytes(value).length);
        }
    }

    private static List<String> groups(SectionReader in) {
        List<String> groups = new ArrayList<>();
        while (in.next()) {
            StringBuilder text = new StringBuilder();
            text.append(GroupSections.Place.read(in).sliceStart());
            long hash = in.getLong();
            String key = new String(in.getBytes(), StandardCharsets.UTF_8);
            assertEquals(key.hashCode(), hash);
            text.append(' ').append(key).append(' ').append(new String(in.getBytes(), StandardCharsets.UTF_8));
            in.getBytes();
            for (int left = in.getInt(); left > 0; left--) {
                in.getLong();
                text.append(' ').append(new String(in.getBytes(), StandardCharsets.UTF_8));
            }
            groups.add(text.toString());
        }
        assertTrue(in.isRead());
        return groups.stream().sorted().toList();
    }

    @Test
    void groupsHaveTheirLastAccumulatorsAndAllValuesOfOpenWindows() {
        Blocks first = new Blocks();
        group(first.writer, 10, "a", "1", "x");
        group(first.writer, 10, "b", "2");
        group(first.writer, 20, "a", "3");
        group(first.writer, 0, "a", "closed");
        Blocks second = new Blocks();
        group(second.writer, 10, "a", "4", "y", "z");
        group(second.writer, 20, "c", "5", "v");
        group(second.writer, 0, "d", "closed");
        Blocks third = new Blocks();
        group(third.writer, 10, "a", "6");
        group(third.writer, 20, "c", "7", "w");
        List<Supplier<SectionReader>> sections = List.of(first.reader(false), second.reader(true), third.reader(true));
        Set<Object> open = Set.of(new GroupSections.Place(10, 0, 0), new GroupSections.Place(20, 0, 0));
        for (long changedBytes : new long[] {1, 40 << 20}) {
            Blocks merged = new Blocks();
            SectionMerge.merge(SectionForm.groups(1), sections, changedBytes, open::contains, merged.writer);
            assertEquals(
                    List.of("10 a 6 x y z", "10 b 2", "20 a 3", "20 c 7 v w"),
                    groups(merged.reader(false).get()));
        }
    }

    @Test
    void whatIsLongComesInBlocks() {
        Blocks section = new Blocks();
        int count = 50_000;
        for (int i = 0; i < count; i++) {
            entry(section.writer, ChangeLog.ADDED, "key " + i, "value " + i);
        }
        SectionReader in = section.reader(false).get();
        assertTrue(section.blocks.size() > 10);
        assertTrue(section.blocks.stream().allMatch(block -> block.length() < 2 * SectionWriter.BLOCK_BYTES));
        assertEquals(count, in.entries());
        assertEquals(count, entries(in).size());
    }
}
