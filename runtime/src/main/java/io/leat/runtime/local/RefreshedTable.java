package io.leat.runtime.local;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.job.JobGraph.PhaseSpec;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.pipeline.DataException;
import io.leat.runtime.state.Restorable;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.state.StaticTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A static table that is read again at an interval. What was read last is the version that the next epoch sees; a version is freed when
 * no worker sees it any more. One thread at a time works on it; views are opened and closed by any.
 */
final class RefreshedTable implements Restorable, AutoCloseable {
    private final JobContext context;
    private final NodeSpec.Build build;
    private final PhaseSpec reading;
    private final String name;
    private final List<TableView> views = new CopyOnWriteArrayList<>();
    private final List<Version> retired = new ArrayList<>();
    private volatile Version current;
    private long begunMicros;
    private Reload reload;

    /**
     * What was read at one time.
     *
     * @param number from 1
     */
    record Version(String table, int number, StaticTable rows) {}

    /**
     * @param reading what leads from sources to the table
     * @param name of what is read
     */
    RefreshedTable(JobContext context, NodeSpec.Build build, PhaseSpec reading, String name) {
        this.context = context;
        this.build = build;
        this.reading = reading;
        this.name = name;
    }

    NodeSpec.Build build() {
        return build;
    }

    /** The version that the next epoch sees; null before the first is complete. */
    Version current() {
        return current;
    }

    /** Takes over the table that was read before the first row. */
    void begin(StaticTable rows, long clockMicros) {
        current = new Version(name, 1, rows);
        begunMicros = clockMicros;
    }

    /** A view for one worker, of the version that is current now. */
    TableView view(StaticTable empty) {
        TableView view = new TableView(empty, views::remove);
        view.see(current);
        views.add(view);
        return view;
    }

    /** Begins, or goes on with, another reading if it is time; true if there was something to do. */
    boolean step(EpochClock epochs, long clockMicros) {
        free();
        if (current == null || reload == null && clockMicros - begunMicros < build.refreshMicros()) {
            return false;
        }
        try {
            if (reload == null) {
                begunMicros = clockMicros;
                reload = new Reload(context, reading, current.number() + 1, epochs);
            }
            if (reload.step()) {
                if (reload.rejected()) {
                    context.notes().add("rows of " + name + " were rejected when it was read again");
                }
                retired.add(current);
                current = new Version(name, current.number() + 1, reload.take(build.id()));
                endReload();
            }
        } catch (ConnectorException | DataException | RejectLimitException e) {
            context.notes()
                    .add(name + " could not be read again, and its version " + current.number() + " stays: "
                            + e.getMessage());
            endReload();
        }
        return true;
    }

    /** What is being read is read anew by who goes on. */
    @Override
    public void save(StateWriter out) {
        current.rows().save(out);
        SectionWriter version = out.of("version").whole();
        version.entry();
        version.putInt(current.number());
        version.putLong(begunMicros);
    }

    @Override
    public void restore(StateReader in) {
        StaticTable rows = context.newStaticTable(build);
        current = new Version(name, 1, rows);
        rows.restore(in);
        in.of("version").whole(version -> {
            version.next();
            current = new Version(name, version.getInt(), rows);
            begunMicros = version.getLong();
        });
    }

    private void endReload() {
        if (reload != null) {
            reload.close();
            reload = null;
        }
    }

    private void free() {
        retired.removeIf(version -> {
            boolean unseen = views.stream().allMatch(view -> view.version() > version.number());
            if (unseen) {
                version.rows().close();
            }
            return unseen;
        });
    }

    @Override
    public void close() {
        endReload();
        retired.forEach(version -> version.rows().close());
        retired.clear();
        if (current != null) {
            current.rows().close();
            current = null;
        }
    }
}
