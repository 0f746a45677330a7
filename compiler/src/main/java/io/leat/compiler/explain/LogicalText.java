package io.leat.compiler.explain;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.ClockFilter;
import io.leat.compiler.logical.Demand;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Repeat;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Unnest;
import io.leat.compiler.logical.WindowKind;
import io.leat.runtime.connector.RowCount;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.type.Field;
import io.leat.runtime.window.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Logical plans as text. */
final class LogicalText implements LogicalPlan.Visitor<String> {
    /** How the rows of the node are told. */
    private final Demand demand;

    private LogicalText(Demand demand) {
        this.demand = demand;
    }

    static void write(LogicalPlan plan, Demand demand, int depth, Lines out) {
        out.add(depth, node(plan, demand));
        for (int i = 0; i < plan.inputs().size(); i++) {
            write(plan.inputs().get(i), demand.ofInput(plan, i), depth + 1, out);
        }
    }

    /** One node, without its inputs. */
    static String node(LogicalPlan plan, Demand demand) {
        boolean clocked = Plans.expressions(plan).stream().anyMatch(expression -> !Exprs.isDeterministic(expression));
        return plan.accept(new LogicalText(demand)) + (clocked ? ", by the clock of the epoch" : "");
    }

    @Override
    public String scan(LogicalPlan.Scan plan) {
        Table table = plan.table();
        String from = table.connector().map(name -> " (" + name + ")").orElse("");
        String refused = plan.refusedBy() >= 0 ? ", of this statement" : "";
        String watermark = table.watermark()
                .map(each -> ", watermark " + table.columns().get(each.column()).name() + " - "
                        + Durations.text(each.delayMicros()))
                .orElse("");
        return "scan " + table.name() + from + " " + names(plan.output()) + ", "
                + end(plan.traits().end()) + watermark + patience(plan) + refresh(plan) + refused;
    }

    private static String patience(LogicalPlan.Scan plan) {
        return plan.patience() == 0 ? "" : ", waits " + Durations.text(plan.patience()) + " longer";
    }

    private static String refresh(LogicalPlan.Scan plan) {
        return plan.refresh() == 0 ? "" : ", read again every " + Durations.text(plan.refresh());
    }

    private static String end(End end) {
        return switch (end) {
            case BOUNDED -> "bounded";
            case ENDING -> "ends by itself";
            case UNBOUNDED -> "never ends";
        };
    }

    private static String names(List<Field> fields) {
        return fields.stream().map(Field::name).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public String values(LogicalPlan.Values plan) {
        return "values " + names(plan.output()) + ", "
                + RowCount.text(plan.rows().size());
    }

    @Override
    public String filter(LogicalPlan.Filter plan) {
        return "filter " + ExpressionText.of(plan.condition());
    }

    @Override
    public String clockFilter(ClockFilter plan) {
        List<String> texts = new ArrayList<>();
        plan.from().forEach(moment -> texts.add("from " + moment(moment)));
        plan.until().forEach(moment -> texts.add("until " + moment(moment)));
        return "filter by the clock " + String.join(", ", texts);
    }

    private static String moment(ClockFilter.Moment moment) {
        return ExpressionText.of(moment.time()) + shift(moment.shift());
    }

    @Override
    public String admission(Admission plan) {
        return "admit " + ExpressionText.of(plan.condition());
    }

    @Override
    public String project(LogicalPlan.Project plan) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < plan.expressions().size(); i++) {
            String expression = ExpressionText.of(plan.expressions().get(i));
            String name = plan.names().get(i);
            boolean same = plan.expressions().get(i) instanceof Expr.Column && expression.equals(name);
            items.add(same ? name : expression + " AS " + name);
        }
        return "project [" + String.join(", ", items) + "]";
    }

    @Override
    public String join(LogicalPlan.Join plan) {
        String unique = Plans.matchesAtMostOne(plan) ? ", one partner at most" : "";
        return plan.kind().name().toLowerCase(Locale.ROOT) + " join on " + ExpressionText.of(plan.condition()) + unique;
    }

    @Override
    public String streamJoin(StreamJoin plan) {
        if (plan.time() instanceof JoinTime.Lookup lookup) {
            return plan.kind().name().toLowerCase(Locale.ROOT) + " lookup of " + keys(plan, lookup)
                    + (isTrue(plan) ? "" : ", where " + ExpressionText.of(plan.condition()));
        }
        return plan.kind().name().toLowerCase(Locale.ROOT) + " join of streams on "
                + ExpressionText.of(plan.condition()) + time(plan);
    }

    private static boolean isTrue(StreamJoin plan) {
        return plan.condition() instanceof Expr.Literal literal && literal.is(true);
    }

    /** What a table is asked for. */
    private static String keys(StreamJoin plan, JoinTime.Lookup lookup) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < lookup.left().size(); i++) {
            keys.add(plan.right().output().get(lookup.right().get(i)).name() + " = "
                    + plan.left().output().get(lookup.left().get(i)).name());
        }
        return String.join(" AND ", keys);
    }

    private static String time(StreamJoin plan) {
        if (plan.time() instanceof JoinTime.Interval interval) {
            String left = plan.left().output().get(interval.left().column()).name();
            String right = plan.right().output().get(interval.right().column()).name();
            String from = interval.endsLeft() ? " from " + right + shift(interval.from()) : "";
            String to = interval.endsRight() ? " to " + right + shift(interval.to()) : " on";
            return ", " + left + (from.isEmpty() ? " up" : "") + from + to;
        }
        if (plan.time() instanceof JoinTime.AsOf asOf) {
            String left = plan.left().output().get(asOf.left().column()).name();
            String right = plan.right().output().get(asOf.right().column()).name();
            String least = asOf.to() == Long.MAX_VALUE ? "" : ", from " + left + shift(-asOf.to()) + " on";
            return ", last " + right + " up to " + left + shift(-asOf.from()) + least;
        }
        return plan.time() instanceof JoinTime.SameWindow ? ", in the same window" : "";
    }

    private static String shift(long micros) {
        if (micros == 0) {
            return "";
        }
        return (micros < 0 ? " - " : " + ") + Durations.text(Math.abs(micros));
    }

    @Override
    public String sessions(Sessions plan) {
        List<Field> fields = plan.input().output();
        String keys = plan.keys().stream().map(key -> fields.get(key).name()).collect(Collectors.joining(", "));
        return "sessions with gaps of " + Durations.text(plan.gap()) + " over "
                + fields.get(plan.timeColumn()).name() + (keys.isEmpty() ? "" : " by [" + keys + "]")
                + clock(plan.byClock());
    }

    /** What depends on when the query runs is said. */
    private static String clock(boolean byClock) {
        return byClock ? ", the clock when rows are read: another run has other windows" : "";
    }

    @Override
    public String window(LogicalPlan.Window plan) {
        return windows(plan.kind()) + " over "
                + plan.input().output().get(plan.timeColumn()).name() + clock(plan.byClock());
    }

    /** {@code hop of 10 min every 5 min on the clocks of Europe/Berlin}. */
    static String windows(WindowKind kind) {
        if (kind instanceof WindowKind.Even even) {
            return windowing(even.windowing());
        }
        if (kind instanceof WindowKind.Session session) {
            return "session with gaps of " + Durations.text(session.gap());
        }
        WindowKind.Calendar calendar = (WindowKind.Calendar) kind;
        return windowing(calendar.wall()) + " on the clocks of "
                + calendar.zone().getId();
    }

    private static String windowing(Windowing windowing) {
        String size = Durations.text(windowing.size());
        String offset = windowing.offset() == 0 ? "" : " offset " + Durations.text(windowing.offset());
        if (windowing.isTumbling()) {
            return "tumble of " + size + offset;
        }
        return (windowing.isCumulating() ? "cumulate up to " : "hop of ") + size + " every "
                + Durations.text(windowing.slide()) + offset;
    }

    @Override
    public String aggregate(LogicalPlan.Aggregate plan) {
        List<Field> fields = plan.input().output();
        String keys = plan.keys().stream().map(key -> fields.get(key).name()).collect(Collectors.joining(", "));
        String calls = plan.calls().stream().map(LogicalText::call).collect(Collectors.joining(", ", "[", "]"));
        String by = keys.isEmpty() ? "" : " by [" + keys + "]";
        return "aggregate " + calls + by + closed(plan.windowed());
    }

    static String call(AggregateCall call) {
        String argument = call.argument().map(ExpressionText::of).orElse("*");
        String filter = call.filter()
                .map(each -> " FILTER (WHERE " + ExpressionText.of(each) + ")")
                .orElse("");
        return call.function().name() + "(" + (call.distinct() ? "DISTINCT " : "") + argument + ")" + filter;
    }

    @Override
    public String union(LogicalPlan.Union plan) {
        return "union all";
    }

    @Override
    public String repeat(Repeat plan) {
        return "repeat " + ExpressionText.of(plan.times()) + " times";
    }

    /** What is said of elements of arrays that become rows. */
    static String unnest(List<Expr> arrays, boolean padded) {
        String text = arrays.stream().map(ExpressionText::of).collect(Collectors.joining(", "));
        return "unnest " + text + (padded ? ", rows without elements too" : "");
    }

    @Override
    public String unnest(Unnest plan) {
        return unnest(plan.arrays(), plan.padded());
    }

    @Override
    public String sort(LogicalPlan.Sort plan) {
        return "sort by " + WindowText.order(plan.output(), plan.keys());
    }

    @Override
    public String limit(LogicalPlan.Limit plan) {
        String offset = plan.offset() == 0 ? "" : " after " + plan.offset();
        return "limit " + (plan.count() < 0 ? "all" : plan.count()) + offset;
    }

    @Override
    public String over(Over plan) {
        String calls = plan.calls().stream().map(WindowText::call).collect(Collectors.joining(", ", "[", "]"));
        return "over" + WindowText.partitions(plan.input().output(), plan.partition(), plan.order()) + " " + calls
                + closed(plan.windowed());
    }

    @Override
    public String topN(TopN plan) {
        String rank = plan.rank().map(name -> ", with its place as " + name).orElse("");
        return "top " + plan.limit() + " by " + plan.function().name()
                + WindowText.partitions(plan.input().output(), plan.partition(), plan.order()) + rank
                + closed(plan.windowed());
    }

    private String closed(boolean windowed) {
        if (windowed) {
            return ", emitted when its window closes";
        }
        return demand == Demand.CHANGES ? ", every change emitted" : ", emitted at the end";
    }
}
