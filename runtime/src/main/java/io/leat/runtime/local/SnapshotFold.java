package io.leat.runtime.local;

import io.leat.runtime.local.Snapshot.Place;
import io.leat.runtime.local.Snapshot.Section;
import io.leat.runtime.state.SectionBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the snapshots of a chain come to, one after another. The first one has everything. One thread. */
final class SnapshotFold implements SnapshotFrame.Receiver {
    private final Map<Place, List<Section>> all = new LinkedHashMap<>();
    /** What the snapshot that is read has begun. */
    private final Map<Place, List<SectionBlock>> begun = new HashMap<>();

    private boolean empty = true;

    /**
     * The frames of another snapshot follow.
     *
     * @param whole whether it has everything
     */
    void begin(boolean whole) {
        if (whole != empty) {
            throw new SnapshotException("the snapshots do not follow each other");
        }
        empty = false;
        begun.clear();
    }

    @Override
    public void frame(SnapshotFrame frame) {
        Place place = frame.place();
        switch (frame.kind()) {
            case ALL -> {
                all.remove(place);
                add(frame, false, List.of(frame.block()));
            }
            case MORE -> add(frame, true, List.of(frame.block()));
            case GONE -> all.remove(place);
            case NEXT -> begun(place).add(frame.block());
            case KEEP -> {
                List<Section> before = all.remove(place);
                if (before == null
                        || frame.block().entries() > before.get(0).blocks().size()) {
                    throw new SnapshotException("the snapshots do not follow each other");
                }
                add(frame, false, before.get(0).blocks().subList(0, (int)
                        frame.block().entries()));
            }
        }
    }

    private List<SectionBlock> begun(Place place) {
        List<SectionBlock> blocks = begun.get(place);
        if (blocks == null) {
            throw new SnapshotException("the snapshot has the middle of something without its beginning");
        }
        return blocks;
    }

    private void add(SnapshotFrame frame, boolean more, List<SectionBlock> blocks) {
        List<SectionBlock> growing = new ArrayList<>(blocks);
        begun.put(frame.place(), growing);
        all.computeIfAbsent(frame.place(), key -> new ArrayList<>())
                .add(new Section(frame.place(), more, frame.form(), growing));
    }

    /** Those of a place stand together, the first one first. */
    List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        all.values().forEach(sections::addAll);
        return sections;
    }
}
