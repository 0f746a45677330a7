package io.leat.runtime.local;

import io.leat.runtime.job.OperatorParts;
import io.leat.runtime.local.QueryChange.Outcome;
import io.leat.runtime.state.GroupMigration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How an operator goes on with the state of another one.
 *
 * @param reason why, and of what field; empty if nothing has changed
 * @param asks whether somebody has to say that it is meant
 * @param migration what groups have to become, if they have to
 */
record OperatorChange(Outcome outcome, String reason, boolean asks, Optional<GroupMigration> migration) {
    private static final String TAKEN_BACK = "rows that were told could not be taken back as they were";
    private static final String ROWS_OF = "rows of";
    /** So many fields are named. */
    private static final int MAX_FIELDS = 3;

    static OperatorChange of(SavedOperator was, SavedOperator is, OperatorMatches matches) {
        if (OperatorMatches.computesTheSame(was, is)) {
            return new OperatorChange(Outcome.KEPT, "", false, Optional.empty());
        }
        if (OperatorMatches.isAlike(was, is) && matches.fits(was, is)) {
            return ofAlike(was, is);
        }
        Set<String> fields = differing(was.keeps(), is.keeps());
        if (!fields.isEmpty()) {
            return refused(fields(fields, was.keeps(), is.keeps()).orElseThrow());
        }
        if (was.plan().own().equals(is.plan().own())) {
            boolean told = is.plan().takesBack() && !matches.isFed(is);
            return told ? refused(QueryChange.BEFORE_IT + "; " + TAKEN_BACK) : changed(QueryChange.BEFORE_IT);
        }
        String lines = lines(was.plan().lines(), is.plan().lines());
        return is.plan().takesBack() ? refused(lines + "; " + TAKEN_BACK) : changed(lines);
    }

    private static OperatorChange refused(String reason) {
        return new OperatorChange(Outcome.REFUSED, reason, false, Optional.empty());
    }

    private static OperatorChange changed(String reason) {
        return new OperatorChange(Outcome.CHANGED, reason, true, Optional.empty());
    }

    /** Both compute the same, but for aggregates, settings and names. */
    private static OperatorChange ofAlike(SavedOperator was, SavedOperator is) {
        Set<String> fields = differing(was.keeps(), is.keeps());
        List<String> reasons = new ArrayList<>();
        if (!was.of().equals(is.of()) && (is.isScan() || is.isDelivery())) {
            fields.remove(ROWS_OF);
            reasons.add("it was called " + String.join(", ", was.of()));
        }
        OperatorParts before = was.plan().parts();
        OperatorParts now = is.plan().parts();
        Optional<GroupChange> groups = before.accumulators().equals(now.accumulators())
                        && before.sets().equals(now.sets())
                ? Optional.empty()
                : Optional.of(GroupChange.of(was, is));
        if (groups.isPresent()) { // which says it of the aggregates
            fields.removeIf(field -> field.startsWith("aggregate ") || field.startsWith("distinct values "));
        }
        if (!fields.isEmpty()
                || groups.filter(each -> each.migration().isEmpty()).isPresent()) {
            fields(fields, was.keeps(), is.keeps()).ifPresent(reasons::add);
            groups.filter(each -> each.migration().isEmpty()).ifPresent(each -> reasons.add(each.reason()));
            return refused(String.join("; ", reasons));
        }
        groups.ifPresent(each -> reasons.add(each.reason()));
        OperatorChange settings = ofSettings(was, is);
        if (settings.outcome() == Outcome.REFUSED) {
            return settings;
        }
        if (!settings.reason().isEmpty()) {
            reasons.add(settings.reason());
        }
        boolean migrated = groups.isPresent() && settings.outcome() == Outcome.KEPT;
        return new OperatorChange(
                migrated ? Outcome.MIGRATED : settings.outcome(),
                String.join("; ", reasons),
                settings.asks() || groups.filter(GroupChange::loses).isPresent(),
                groups.flatMap(GroupChange::migration));
    }

    private static OperatorChange ofSettings(SavedOperator was, SavedOperator is) {
        Map<String, String> before = was.plan().parts().settings();
        Map<String, String> now = is.plan().parts().settings();
        Set<String> fields = differing(before, now);
        if (fields.isEmpty()) {
            return new OperatorChange(Outcome.KEPT, "", false, Optional.empty());
        }
        String said = fields(fields, before, now).orElseThrow();
        if (is.plan().takesBack()) {
            return refused(said + "; " + TAKEN_BACK);
        }
        if (!fields.equals(Set.of(OperatorParts.WATERMARK_DELAY))) {
            return changed(said);
        }
        boolean longer = Long.parseLong(now.get(OperatorParts.WATERMARK_DELAY))
                > Long.parseLong(before.get(OperatorParts.WATERMARK_DELAY));
        return longer
                ? new OperatorChange(
                        Outcome.KEPT,
                        said + ": watermarks stand until they are as far behind, and what was late stays so",
                        false,
                        Optional.empty())
                : changed(said + ": rows may be late from now on that would not have been");
    }

    private static Set<String> differing(Map<String, String> was, Map<String, String> is) {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(is.keySet().stream(), was.keySet().stream())
                .filter(field -> !Optional.ofNullable(is.get(field)).equals(Optional.ofNullable(was.get(field))))
                .forEach(names::add);
        return names;
    }

    private static Optional<String> fields(Set<String> differing, Map<String, String> was, Map<String, String> is) {
        if (differing.isEmpty()) {
            return Optional.empty();
        }
        List<String> said = new ArrayList<>();
        differing.stream()
                .limit(MAX_FIELDS)
                .forEach(field ->
                        said.add("'" + field + "' is " + shown(field, is) + ", and in the state " + shown(field, was)));
        if (differing.size() > MAX_FIELDS) {
            said.add("and " + (differing.size() - MAX_FIELDS) + " more fields differ");
        }
        return Optional.of(String.join("; ", said));
    }

    private static String shown(String field, Map<String, String> fields) {
        String value = fields.get(field);
        if (value == null) {
            return "not there";
        }
        return field.equals(OperatorParts.WATERMARK_DELAY) ? SavedLayout.time(Long.parseLong(value)) : value;
    }

    private static String lines(List<String> was, List<String> is) {
        List<String> gone = new ArrayList<>(was);
        is.forEach(gone::remove);
        List<String> come = new ArrayList<>(is);
        was.forEach(come::remove);
        if (gone.isEmpty() && come.isEmpty()) {
            return "what it computes has changed";
        }
        String before = first(gone);
        String after = first(come);
        return before.isEmpty() ? after + " is new" : before + (after.isEmpty() ? " is gone" : " has become " + after);
    }

    /** Where rows come from is the least of what there is to say. */
    private static String first(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.startsWith("take "))
                .findFirst()
                .or(() -> lines.stream().findFirst())
                .map(line -> "'" + line + "'")
                .orElse("");
    }
}
