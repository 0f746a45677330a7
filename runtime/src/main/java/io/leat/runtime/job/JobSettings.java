package io.leat.runtime.job;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a query file or a caller says about how a job runs. Whatever is empty is left to the other one, or to the default.
 *
 * @param epochMillis how often pending rows are handed on and state is written down
 * @param stateStore where state goes that does not stay in hot tables
 * @param hotGroups how many groups the hot tables of an aggregate hold together, and about how many entries any other state keeps in
 *     memory
 * @param stateMemory how many bytes of memory the job may take for what it keeps, batches of rows counted; empty for as many as there are
 * @param batchRows how many rows work is done on at a time
 */
public record JobSettings(
        OptionalLong epochMillis,
        Optional<StateStoreKind> stateStore,
        OptionalInt hotGroups,
        OptionalLong stateMemory,
        OptionalInt batchRows) {
    public static final JobSettings NONE = new JobSettings(
            OptionalLong.empty(), Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), OptionalInt.empty());

    public static final int MAX_BATCH_ROWS = 1 << 16;

    public JobSettings {
        if (epochMillis.isPresent() && epochMillis.getAsLong() < 0) {
            throw new IllegalArgumentException("an epoch of " + epochMillis.getAsLong() + " ms");
        }
        if (hotGroups.isPresent() && hotGroups.getAsInt() < 1) {
            throw new IllegalArgumentException(hotGroups.getAsInt() + " hot groups");
        }
        if (stateMemory.isPresent() && stateMemory.getAsLong() < 1) {
            throw new IllegalArgumentException("state of " + stateMemory.getAsLong() + " bytes");
        }
        if (batchRows.isPresent() && (batchRows.getAsInt() < 1 || batchRows.getAsInt() > MAX_BATCH_ROWS)) {
            throw new IllegalArgumentException("batches of " + batchRows.getAsInt() + " rows");
        }
    }

    /** Where state goes that does not stay in hot tables. */
    public enum StateStoreKind {
        /** Chronicle Map where it runs, otherwise the heap. */
        AUTO,
        HEAP,
        /** Chronicle Map; where it does not run, neither does the job. */
        CHRONICLE
    }

    public JobSettings withEpochMillis(long value) {
        return new JobSettings(OptionalLong.of(value), stateStore, hotGroups, stateMemory, batchRows);
    }

    public JobSettings withStateStore(StateStoreKind value) {
        return new JobSettings(epochMillis, Optional.of(value), hotGroups, stateMemory, batchRows);
    }

    public JobSettings withHotGroups(int value) {
        return new JobSettings(epochMillis, stateStore, OptionalInt.of(value), stateMemory, batchRows);
    }

    public JobSettings withStateMemory(long bytes) {
        return new JobSettings(epochMillis, stateStore, hotGroups, OptionalLong.of(bytes), batchRows);
    }

    public JobSettings withBatchRows(int value) {
        return new JobSettings(epochMillis, stateStore, hotGroups, stateMemory, OptionalInt.of(value));
    }

    /** These, and where they are silent the others. */
    public JobSettings over(JobSettings others) {
        return new JobSettings(
                epochMillis.isPresent() ? epochMillis : others.epochMillis,
                stateStore.isPresent() ? stateStore : others.stateStore,
                hotGroups.isPresent() ? hotGroups : others.hotGroups,
                stateMemory.isPresent() ? stateMemory : others.stateMemory,
                batchRows.isPresent() ? batchRows : others.batchRows);
    }
}
