package io.leat.compiler.corpus;

import io.leat.compiler.corpus.Variation.ScanMode;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.JobSettings.StateStoreKind;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A way to run a case. All modes must agree.
 *
 * @param name for reports
 * @param group what modes are tested together
 * @param archived whether the job is saved and loaded first
 * @param pieces for how many workers the pieces are that the run is cut into, taking turns; empty for one run
 * @param kept whether the pieces keep their state in a directory, where each epoch says what is different
 * @param shuffled whether which partition is read next is drawn
 */
record Mode(
        String name,
        String group,
        Variation variation,
        JobSettings settings,
        boolean archived,
        List<Integer> pieces,
        boolean kept,
        boolean shuffled) {
    Mode(String name, String group, Variation variation, JobSettings settings, boolean archived) {
        this(name, group, variation, settings, archived, List.of(), false, false);
    }

    private static final JobSettings HEAP = JobSettings.NONE.withStateStore(StateStoreKind.HEAP);
    /** Tables so small that every group of a second key is evicted, and epochs that end all the time. */
    private static final JobSettings TIGHT =
            HEAP.withHotGroups(2).withEpochMillis(1).withBatchRows(2);

    private static final Variation PLAIN = Variation.PLAIN;

    /** The first one; the others are compared with the rows of the case, too. */
    static final Mode REFERENCE = new Mode("as is", "as is", PLAIN, HEAP.withBatchRows(4096), false);

    /** As different from the first one as can be. */
    static final Mode APART = new Mode(
            "3 workers, optimizer off", "workers", PLAIN.withParallelism(3).unoptimized(), HEAP, false);

    static final List<Mode> ALL = List.of(
            REFERENCE,
            new Mode("no side tables", "as is", PLAIN.withoutSideTables(), HEAP, false),
            new Mode("batches of 1", "batches", PLAIN, HEAP.withBatchRows(1), false),
            new Mode("batches of 3", "batches", PLAIN, HEAP.withBatchRows(3), false),
            new Mode("optimizer off", "optimizer", PLAIN.unoptimized(), HEAP.withBatchRows(3), false),
            new Mode("2 hot groups on the heap", "state", PLAIN, TIGHT, false),
            new Mode(
                    "2 hot groups on Chronicle", "state", PLAIN, TIGHT.withStateStore(StateStoreKind.CHRONICLE), false),
            new Mode("3 workers", "workers", PLAIN.withParallelism(3), HEAP.withBatchRows(3), false),
            new Mode("3 workers, 2 hot groups", "workers", PLAIN.withParallelism(3), TIGHT, false),
            APART,
            new Mode("told as changes", "told", PLAIN.toldAsChanges(), HEAP.withBatchRows(3), false),
            new Mode("told as changes, 2 hot groups", "told", PLAIN.toldAsChanges(), TIGHT, false),
            new Mode(
                    "told as changes, 3 workers",
                    "told",
                    PLAIN.toldAsChanges().withParallelism(3).unoptimized(),
                    HEAP.withBatchRows(3),
                    false),
            new Mode("joined by size", "sizes", PLAIN.bySize(), HEAP.withBatchRows(3), false),
            new Mode(
                    "joined by size, all tables bounded, 3 workers",
                    "sizes",
                    PLAIN.withMode(ScanMode.ALL_BOUNDED).withParallelism(3).bySize(),
                    HEAP,
                    false),
            new Mode(
                    "joined by size, told as changes",
                    "sizes",
                    PLAIN.toldAsChanges().bySize(),
                    HEAP,
                    false),
            new Mode("all tables bounded", "scan", PLAIN.withMode(ScanMode.ALL_BOUNDED), HEAP.withBatchRows(3), false),
            new Mode("all tables streams", "scan", PLAIN.withMode(ScanMode.ALL_STREAMS), HEAP.withBatchRows(3), false),
            new Mode("from CSV", "forms", PLAIN.withForm(InputForm.CSV), HEAP.withBatchRows(3), false),
            new Mode("from Parquet", "forms", PLAIN.withForm(InputForm.PARQUET), HEAP.withBatchRows(3), false),
            new Mode("from a job jar", "forms", PLAIN, HEAP, true),
            new Mode("partitions in any order", "scan", PLAIN, HEAP.withBatchRows(1), false, List.of(), false, true),
            restored("restored after a batch of 1", HEAP.withBatchRows(1), 1),
            restored("restored after a batch of 3", HEAP.withBatchRows(3), 1),
            restored("restored, 2 hot groups", TIGHT, 1),
            restored("restored, 3 workers", HEAP.withBatchRows(2), 3),
            restored("restored, 1 worker or 3 workers", HEAP.withBatchRows(1), 1, 3),
            kept("kept, 2 hot groups, 3 workers or 1 worker", TIGHT.withBatchRows(4), 3, 1));

    private static Mode restored(String name, JobSettings settings, Integer... workers) {
        return inPieces(name, "restored", false, settings, workers);
    }

    private static Mode kept(String name, JobSettings settings, Integer... workers) {
        return inPieces(name, "kept", true, settings, workers);
    }

    private static Mode inPieces(String name, String group, boolean kept, JobSettings settings, Integer... workers) {
        return new Mode(
                name,
                group,
                PLAIN.withParallelism(Collections.max(List.of(workers))),
                settings,
                false,
                List.of(workers),
                kept,
                false);
    }

    /** As most modes are, without one of the optional rules. */
    static Mode without(String rule) {
        return without(rule, PLAIN.withoutRules(Set.of(rule)));
    }

    /** Without a rule that shows only if the job is compiled in this way. */
    static Mode without(String rule, Variation variation) {
        return new Mode("without " + rule, "rules", variation, HEAP.withBatchRows(3), false);
    }

    /** Whether a case can be run this way. */
    boolean suits(Case each, List<TableData> tables) {
        if (each.hasMoments() && (variation.mode() != ScanMode.DECLARED || variation.form() != InputForm.JSON)) {
            return false;
        }
        if (variation.mode() == ScanMode.ALL_BOUNDED) {
            return each.hasStreams() && !each.hasLateRows() && each.late().isEmpty();
        }
        if (variation.mode() == ScanMode.ALL_STREAMS) {
            return each.tables().stream().anyMatch(table -> !table.stream());
        }
        if (variation.form() == InputForm.PARQUET && each.notInterpreted().isPresent()) {
            // Where no interpreter comes along, it is often that the query itself knows of JSON files.
            return false;
        }
        if (variation.form() != InputForm.JSON) {
            return !tables.isEmpty() && tables.stream().allMatch(variation.form()::carries);
        }
        if (variation.told() && each.fails().isPresent()) {
            // On its way to a result that cannot be had, a group may fail earlier, or pass through one that can.
            return false;
        }
        return variation.sideTables()
                || !each.late().isEmpty()
                || !each.rejected().isEmpty();
    }

    /** Whether a job may fail so though it would have ended well: a sum on its way may be larger than the one at the end. */
    static boolean isTooEarly(String failure) {
        return failure.contains(" NUMERIC_OVERFLOW: the sum of ");
    }

    /** Whether the compiler may refuse the query in this mode, such as a window over a stream without watermark. */
    boolean mayBeRefused() {
        return variation.mode() == ScanMode.ALL_STREAMS || variation.told();
    }
}
