package io.leat.runtime.state;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a state wrote down, in memory, for any number of workers to take over. */
final class SavedSections implements StateWriter {
    private static final int WHOLE = -1;

    private final Map<String, Map<Integer, SectionWriter>> sections;
    private final String name;

    SavedSections() {
        this(new TreeMap<>(), "");
    }

    private SavedSections(Map<String, Map<Integer, SectionWriter>> sections, String name) {
        this.sections = sections;
        this.name = name;
    }

    @Override
    public StateWriter of(String part) {
        return new SavedSections(sections, name + "/" + part);
    }

    @Override
    public SectionWriter partition(int virtualPartition) {
        return sections.computeIfAbsent(name, key -> new TreeMap<>())
                .computeIfAbsent(virtualPartition, key -> new SectionWriter());
    }

    @Override
    public SectionWriter whole() {
        return partition(WHOLE);
    }

    @Override
    public boolean goOn() {
        return false;
    }

    @Override
    public void holds(long entries) {
        // Nobody checks it here.
    }

    @Override
    public boolean isFollowed() {
        return false;
    }

    /** What one of so many workers takes over. */
    StateReader reader(int worker, int workers) {
        return new Reader(name, worker, workers);
    }

    private final class Reader implements StateReader {
        private final String part;
        private final int worker;
        private final int workers;

        Reader(String part, int worker, int workers) {
            this.part = part;
            this.worker = worker;
            this.workers = workers;
        }

        @Override
        public StateReader of(String more) {
            return new Reader(part + "/" + more, worker, workers);
        }

        @Override
        public void partitions(Consumer<SectionReader> reader) {
            sections.getOrDefault(part, Map.of()).forEach((partition, section) -> {
                if (partition != WHOLE && partition % workers == worker) {
                    read(section, reader);
                }
            });
        }

        private void read(SectionWriter section, Consumer<SectionReader> reader) {
            SectionReader in = new SectionReader(section.toBytes(), section.entries());
            reader.accept(in);
            if (!in.isRead()) {
                throw new IllegalStateException("something of a section is left");
            }
        }

        @Override
        public void whole(Consumer<SectionReader> reader) {
            if (worker == 0) {
                wholeOfAll(reader);
            }
        }

        @Override
        public void wholeOfAll(Consumer<SectionReader> reader) {
            SectionWriter section = sections.getOrDefault(part, Map.of()).get(WHOLE);
            if (section != null) {
                read(section, reader);
            }
        }

        @Override
        public void restored(long entries) {
            // Nobody checks it here.
        }

        @Override
        public long entries() {
            return sections.getOrDefault(part, Map.of()).values().stream()
                    .mapToLong(SectionWriter::entries)
                    .sum();
        }

        @Override
        public boolean isFollowed() {
            return false;
        }

        @Override
        public boolean isEmpty() {
            return sections.entrySet().stream()
                    .filter(each -> each.getKey().startsWith(part))
                    .flatMap(each -> each.getValue().keySet().stream())
                    .noneMatch(partition -> partition == WHOLE ? worker == 0 : partition % workers == worker);
        }
    }
}
