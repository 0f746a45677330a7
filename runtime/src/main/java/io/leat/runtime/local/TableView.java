package io.leat.runtime.local;

import io.leat.runtime.state.StaticTable;
import java.util.function.Consumer;

/** The version of a refreshed table that one worker sees. It changes between epochs only, and never back. */
final class TableView implements AutoCloseable {
    private final StaticTable shown;
    private final Consumer<TableView> closed;
    private volatile RefreshedTable.Version version;

    /**
     * @param shown an empty table of the same class, which pipelines look into
     * @param closed is told that nobody sees anything through this view any more
     */
    TableView(StaticTable shown, Consumer<TableView> closed) {
        this.shown = shown;
        this.closed = closed;
    }

    StaticTable shown() {
        return shown;
    }

    int version() {
        return version.number();
    }

    /** What the record of an epoch says about it. */
    EpochRecord.TableState state() {
        return new EpochRecord.TableState(version.table(), version.number());
    }

    /** From here on this version is seen, unless it is an earlier one than that now. */
    void see(RefreshedTable.Version next) {
        if (version == null || next.number() > version.number()) {
            shown.show(next.rows());
            version = next;
        }
    }

    @Override
    public void close() {
        closed.accept(this);
        shown.close();
    }
}
