package io.leat.compiler.catalog;

import io.leat.compiler.catalog.Table.Kind;
import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.grammar.tree.Identifier;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.TimestampType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables {@code S$late} and {@code S$rejected} of a source {@code S}: rows that some statement refused. They have the columns that
 * the source carries, the event time also if it is computed, and then what is known of the refusal.
 */
public final class SideTables {
    private static final String LATE = "$late";
    private static final String REJECTED = "$rejected";

    /** Why the row was refused. */
    public static final String REASON = "reason";
    /** The record as it came; NULL if it came as a row. */
    public static final String RAW = "raw";

    public static final String PARTITION = "partition";
    public static final String OFFSET = "offset";
    /** The watermark of the row's partition when it was refused. */
    public static final String WATERMARK = "watermark";

    /** How many columns a side table has behind those of its source. */
    public static final int ADDED = 5;

    private static final TimestampType NO_TIME = new TimestampType(TimestampType.MAX_MICROS_PRECISION, true);

    private SideTables() {}

    /** The name of the source in the name of one of its side tables; empty for any other name. */
    public static Optional<String> sourceOf(String name) {
        String key = Identifier.key(name);
        for (String suffix : List.of(LATE, REJECTED)) {
            if (key.endsWith(suffix)) {
                return Optional.of(name.substring(0, name.length() - suffix.length()));
            }
        }
        return Optional.empty();
    }

    public static boolean isLate(String name) {
        return Identifier.key(name).endsWith(LATE);
    }

    public static Table late(Table source) {
        return side(source, Kind.LATE, LATE);
    }

    public static Table rejected(Table source) {
        return side(source, Kind.REJECTED, REJECTED);
    }

    private static Table side(Table source, Kind kind, String suffix) {
        List<TableColumn> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int column : sourceColumns(source)) {
            TableColumn each = source.columns().get(column);
            columns.add(new TableColumn(each.name(), each.type(), true, Optional.empty(), Optional.empty()));
            names.add(Identifier.key(each.name()));
        }
        Type time = source.watermark()
                .map(watermark -> source.columns().get(watermark.column()).type())
                .orElse(NO_TIME);
        columns.add(extra(REASON, Type.VARCHAR, names));
        columns.add(extra(RAW, Type.VARBINARY, names));
        columns.add(extra(PARTITION, Type.VARCHAR, names));
        columns.add(extra(OFFSET, Type.BIGINT, names));
        columns.add(extra(WATERMARK, time, names));
        return new Table(
                source.name() + suffix,
                kind,
                columns,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.of(traits(source)),
                Optional.empty(),
                Optional.of(source),
                source.at());
    }

    /** Refused rows come when their source is read, as rows. */
    private static SourceTraits traits(Table source) {
        return new SourceTraits(source.end(), false, Optional.empty(), Optional.empty(), List.of(), false);
    }

    private static TableColumn extra(String name, Type type, Set<String> taken) {
        String free = taken.contains(name) ? "$" + name : name;
        return new TableColumn(free, type, true, Optional.empty(), Optional.empty());
    }

    /** Positions of the source's columns that its side tables have, in their order there. */
    public static List<Integer> sourceColumns(Table source) {
        List<Integer> columns = new ArrayList<>();
        int time = source.watermark().map(Table.Watermark::column).orElse(-1);
        for (int i = 0; i < source.columns().size(); i++) {
            if (!source.columns().get(i).isComputed() || i == time) {
                columns.add(i);
            }
        }
        return columns;
    }
}
