package io.leat.cli;

import io.leat.runtime.decode.UnknownFields;
import io.leat.runtime.job.JobGraph;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.local.JobReport;
import io.leat.runtime.local.JobReport.SourceReport;
import io.leat.runtime.local.RowCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a job did, in a few lines. Each row that was read is in exactly one of the numbers behind the equals sign.
 *
 * @param shownRows how many rows of results were printed
 * @param elapsedNanos how long it took
 */
record ClosingReport(JobReport report, JobGraph graph, long shownRows, long elapsedNanos) {

    private static final int SHOWN_FIELDS = 5;
    private static final int SHOWN_RANGES = 10;

    /** Whether the job did anything before it ended. */
    boolean saysAnything() {
        return shownRows > 0
                || !report.deliveries().isEmpty()
                || report.sources().stream().anyMatch(source -> source.counts().read() > 0);
    }

    /**
     * @param verbose whether each statement is accounted for, too
     */
    List<String> lines(boolean verbose) {
        List<String> lines = new ArrayList<>();
        long read = 0;
        for (SourceReport source : report.sources()) {
            lines.add(source.table() + ": " + account(source.counts()));
            source.samples().forEach(sample -> lines.add("  rejected: " + sample));
            long more = source.counts().rejected() - source.samples().size();
            if (more > 0) {
                lines.add("  and " + Figures.grouped(more) + " more: FROM " + source.table()
                        + "$rejected shows them all");
            }
            addUnknownFields(source.unknownFields(), verbose, lines);
            addExpired(source, lines);
            read += source.counts().read();
        }
        if (verbose) {
            new TreeMap<>(report.statements())
                    .forEach((rank, counts) -> lines.add("  " + title(rank) + ": " + account(counts)));
        }
        report.deliveries().forEach(delivery -> lines.add("wrote " + delivery));
        addOpenWindows(lines);
        report.notes().forEach(note -> lines.add("note: " + note));
        lines.add(summary(read));
        return lines;
    }

    /** The names that came most often, or all that are told apart. */
    private static void addUnknownFields(UnknownFields.Counts fields, boolean all, List<String> lines) {
        if (fields.total() == 0) {
            return;
        }
        List<String> shown = fields.byName().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(all ? UnknownFields.MOST : SHOWN_FIELDS)
                .map(each -> RowError.quote(each.getKey()) + " " + Figures.grouped(each.getValue()))
                .toList();
        int more = fields.byName().size() - shown.size();
        String rest = fields.others() > 0
                ? ", and other names " + Figures.grouped(fields.others())
                : more > 0 ? ", and " + Figures.counted(more, "more name") : "";
        lines.add("  fields without a column: " + String.join(", ", shown) + rest);
    }

    private static void addExpired(SourceReport source, List<String> lines) {
        if (source.expiredRecords() > 0) {
            String ranges = source.expired().stream().limit(SHOWN_RANGES).collect(Collectors.joining("; "));
            lines.add("  deleted before they were read: " + Figures.counted(source.expiredRecords(), "record") + " ("
                    + ranges + (source.expired().size() > SHOWN_RANGES ? "; …)" : ")"));
        }
    }

    private String title(int rank) {
        JobGraph.StatementSpec statement = graph.statements().get(rank);
        return statement.title() + " (" + statement.at() + ")";
    }

    /** {@code 7 rows read = 4 taken + 2 filtered (1 of them without a match in a join) + 1 late}. */
    static String account(RowCounts counts) {
        StringBuilder account = new StringBuilder(Figures.rows(counts.read()))
                .append(" read = ")
                .append(Figures.grouped(counts.onTime()))
                .append(" taken");
        if (counts.filtered() > 0) {
            account.append(" + ").append(Figures.grouped(counts.filtered())).append(" filtered");
        }
        if (counts.missed() > 0) {
            account.append(" (")
                    .append(counts.missed() == counts.filtered() ? "" : Figures.grouped(counts.missed()) + " of them ")
                    .append("without a match in a join)");
        }
        if (counts.late() > 0) {
            account.append(" + ").append(Figures.grouped(counts.late())).append(" late");
        }
        if (counts.rejected() > 0) {
            account.append(" + ").append(Figures.grouped(counts.rejected())).append(" rejected");
        }
        return account.toString();
    }

    private void addOpenWindows(List<String> lines) {
        long groups = report.openWindows().groups();
        long slices = report.openWindows().slices();
        if (groups > 0) {
            lines.add("discarded " + Figures.counted(groups, "group") + " of windows that were still open ("
                    + Figures.counted(slices, "slice") + " of event time)");
        }
    }

    private String summary(long read) {
        String time = Figures.elapsed(elapsedNanos);
        boolean shows = shownRows > 0 || report.deliveries().isEmpty();
        String shown = Figures.rows(shownRows) + " printed";
        if (report.sources().isEmpty()) {
            return (shows ? shown : "done") + " in " + time;
        }
        return (shows ? shown + ", " : "") + Figures.rows(read) + " read in " + time + ", "
                + Figures.rate(read, elapsedNanos);
    }
}
