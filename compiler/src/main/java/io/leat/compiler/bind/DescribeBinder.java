package io.leat.compiler.bind;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Traits;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Query;
import io.leat.grammar.tree.Relation;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code DESCRIBE}: a row for each column of a table or query, known without reading any of its rows. */
final class DescribeBinder {
    private static final BigDecimal MICROS_PER_SECOND = BigDecimal.valueOf(1_000_000);

    private final QueryBinder queries;

    DescribeBinder(QueryBinder queries) {
        this.queries = queries;
    }

    BoundRelation bind(Query.About about) {
        BoundRelation rows = queries.shown(about.input());
        Optional<Table> table = table(about.input());
        List<Field> fields = rows.plan().output();
        Traits traits = rows.plan().traits();
        Set<Integer> key = traits.uniqueKeys().stream().findFirst().orElse(Set.of());
        List<List<Expr>> described = new ArrayList<>();
        for (int i = 0; i < rows.visible().size(); i++) {
            int column = i;
            boolean isPrimary =
                    table.filter(each -> each.primaryKey().contains(column)).isPresent();
            String keyed = isPrimary ? "PRI" : key.contains(i) ? "KEY" : "";
            String extra = table.map(each -> extra(each, column)).orElseGet(() -> extra(traits, column));
            Field field = fields.get(i);
            described.add(List.of(
                    text(rows.visible().get(i).name(), about.at()),
                    text(field.type().sql(), about.at()),
                    text(field.nullable() ? "YES" : "NO", about.at()),
                    textOrNull(keyed, about.at()),
                    textOrNull(extra, about.at())));
        }
        List<Field> columns = List.of(
                new Field("column_name", Type.VARCHAR, false),
                new Field("column_type", Type.VARCHAR, false),
                new Field("null", Type.VARCHAR, false),
                new Field("key", Type.VARCHAR, true),
                new Field("extra", Type.VARCHAR, true));
        return BoundRelation.of(new LogicalPlan.Values(columns, described, about.at()), "");
    }

    private static Expr text(String value, Origin at) {
        return new Literal(value, Type.VARCHAR, at);
    }

    private static Expr textOrNull(String value, Origin at) {
        return value.isEmpty() ? Literal.ofNull(Type.VARCHAR, at) : text(value, at);
    }

    /** The table that all rows of are described, if it is one. */
    private Optional<Table> table(Query query) {
        return query instanceof Query.Select select
                        && select.from().isPresent()
                        && select.from().get() instanceof Relation.Table named
                        && select.equals(Query.Select.all(named, select.at()))
                ? queries.context().catalog().table(named.name().toString()).filter(each -> !each.comesAndGoes())
                : Optional.empty();
    }

    /** What is declared of a column. */
    private static String extra(Table table, int column) {
        Table.TableColumn declared = table.columns().get(column);
        List<String> said = new ArrayList<>();
        declared.metadata().ifPresent(metadata -> said.add("METADATA FROM '" + metadata.key() + "'"));
        if (declared.isComputed()) {
            said.add("computed");
        }
        table.watermark().filter(each -> each.column() == column).ifPresent(watermark -> {
            BigDecimal seconds = BigDecimal.valueOf(watermark.delayMicros())
                    .divide(MICROS_PER_SECOND)
                    .stripTrailingZeros();
            said.add("event time, WATERMARK " + declared.name()
                    + (seconds.signum() == 0 ? "" : " - INTERVAL '" + seconds.toPlainString() + "' SECOND"));
        });
        return String.join(", ", said);
    }

    /** What is known of a column of a result. */
    private static String extra(Traits traits, int column) {
        List<String> known = new ArrayList<>();
        traits.window().ifPresent(window -> {
            if (window.start() == column) {
                known.add("window start");
            }
            if (window.end() == column) {
                known.add("window end");
            }
        });
        if (traits.eventTime().isPresent() && traits.eventTime().getAsInt() == column) {
            known.add("event time");
        }
        return String.join(", ", known);
    }
}
