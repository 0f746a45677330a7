package io.leat.compiler.simulation;

import io.leat.runtime.platform.Random;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes of directories that no sync has made durable, in their order. Each is one step, such as a rename in two directories; what a later one
 * does to the same names stands on it.
 */
final class UnsyncedEntries {
    private List<Change> changes = new ArrayList<>();

    /** A name. */
    private record Name(DiskNode.OfDirectory directory, String text) {}

    /**
     * What becomes of a name.
     *
     * @param node null if it goes
     */
    record Edit(DiskNode.OfDirectory directory, String text, DiskNode node) {
        private Name name() {
            return new Name(directory, text);
        }
    }

    private record Change(List<Edit> edits) {
        private boolean touches(Set<Name> names) {
            return edits.stream().anyMatch(edit -> names.contains(edit.name()));
        }

        private void addNames(Set<Name> names) {
            edits.forEach(edit -> names.add(edit.name()));
        }

        private void becomeDurable() {
            for (Edit edit : edits) {
                if (edit.node == null) {
                    edit.directory.durable().remove(edit.text);
                } else {
                    edit.directory.durable().put(edit.text, edit.node);
                }
            }
        }
    }

    /** What a disk does with changes when the power goes. */
    private enum Fate {
        ALL,
        NONE,
        /** As in a journal: those before some moment. */
        FIRST,
        /** In any order. */
        ANY
    }

    /** Makes a change in one step. */
    void apply(Edit... edits) {
        for (Edit edit : edits) {
            if (edit.node == null) {
                edit.directory.entries().remove(edit.text);
            } else {
                edit.directory.entries().put(edit.text, edit.node);
            }
        }
        changes.add(new Change(List.of(edits)));
    }

    /** All changes of this directory become durable, with those that they stand on. */
    void sync(DiskNode.OfDirectory directory) {
        Set<Name> needed = new HashSet<>();
        boolean[] durable = new boolean[changes.size()];
        for (int i = changes.size() - 1; i >= 0; i--) {
            Change change = changes.get(i);
            durable[i] = change.touches(needed) || change.edits.stream().anyMatch(edit -> edit.directory == directory);
            if (durable[i]) {
                change.addNames(needed);
            }
        }
        settle(durable);
    }

    /** The power is gone: which changes are left is drawn. */
    void lose(Random random) {
        List<Fate> fates = List.of(Fate.values());
        Fate fate = fates.get(random.nextInt(fates.size()));
        int first = changes.isEmpty() ? 0 : random.nextInt(changes.size() + 1);
        Set<Name> dropped = new HashSet<>();
        boolean[] kept = new boolean[changes.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = switch (fate) {
                case ALL -> true;
                case NONE -> false;
                case FIRST -> i < first;
                case ANY -> random.chance(0.5) && !changes.get(i).touches(dropped);
            };
            if (!kept[i]) {
                changes.get(i).addNames(dropped);
            }
        }
        settle(kept);
        changes = new ArrayList<>();
    }

    /** These become durable; the others wait. */
    private void settle(boolean[] durable) {
        List<Change> left = new ArrayList<>();
        for (int i = 0; i < durable.length; i++) {
            if (durable[i]) {
                changes.get(i).becomeDurable();
            } else {
                left.add(changes.get(i));
            }
        }
        changes = left;
    }
}
