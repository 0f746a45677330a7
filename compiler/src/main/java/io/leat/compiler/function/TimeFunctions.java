package io.leat.compiler.function;

import static io.leat.compiler.function.Parameter.BIGINT;
import static io.leat.compiler.function.Parameter.DATE;
import static io.leat.compiler.function.Parameter.INSTANT;
import static io.leat.compiler.function.Parameter.INT;
import static io.leat.compiler.function.Parameter.TEXT;
import static io.leat.compiler.function.Parameter.TIME;
import static io.leat.compiler.function.Parameter.TIMESTAMP;

import io.leat.compiler.function.Overload.Resolved;
import io.leat.compiler.function.ScalarFunction.Kernel;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.TimestampType;
import java.util.List;
import java.util.Map;

/** Functions of dates and times that take no unit. Those that do are {@link TimeUnits}. */
final class TimeFunctions {
    private static final TimestampType LOCAL = new TimestampType(TimestampType.MAX_MICROS_PRECISION, false);
    private static final TimestampType INSTANT_MICROS = new TimestampType(TimestampType.MAX_MICROS_PRECISION, true);
    private static final TimestampType INSTANT_MILLIS = new TimestampType(3, true);

    private static final Map<String, TimeUnits.Unit> FIELDS = Map.ofEntries(
            Map.entry("YEAR", TimeUnits.Unit.YEAR),
            Map.entry("QUARTER", TimeUnits.Unit.QUARTER),
            Map.entry("MONTH", TimeUnits.Unit.MONTH),
            Map.entry("WEEK", TimeUnits.Unit.WEEK),
            Map.entry("DAYOFYEAR", TimeUnits.Unit.DOY),
            Map.entry("DAYOFMONTH", TimeUnits.Unit.DAY),
            Map.entry("DAY", TimeUnits.Unit.DAY),
            Map.entry("HOUR", TimeUnits.Unit.HOUR),
            Map.entry("MINUTE", TimeUnits.Unit.MINUTE),
            Map.entry("SECOND", TimeUnits.Unit.SECOND));

    private TimeFunctions() {}

    static void addTo(FunctionTable table) {
        addNow(table);
        addText(table);
        addEpochs(table);
        FIELDS.forEach((name, unit) -> {
            for (Parameter parameter : List.of(DATE, TIME, TIMESTAMP, INSTANT)) {
                table.add(
                        name,
                        List.of(parameter),
                        types -> TimeUnits.extract(unit, types.get(0)).orElseGet(() -> unsupported(types.get(0))));
            }
        });
    }

    /** A field that the type does not have, such as the year of a time of day: constant 0, as in SQL's zero date. */
    private static Resolved unsupported(Type type) {
        return Resolved.of(Kernel.value("0L"), Type.BIGINT).taking(type);
    }

    private static void addNow(FunctionTable table) {
        Resolved now = Resolved.of(Kernel.value("now"), INSTANT_MICROS).unsteady();
        table.add("NOW", List.of(), now);
        table.add("CURRENT_TIMESTAMP", List.of(), now);
        Kernel read = Kernel.of("Timestamps", "toPrecision", "now, 1000000L, 3");
        table.add(
                "PROCTIME",
                List.of(),
                Resolved.of(read, new Type.TimestampType(3, true)).unsteady());
        Kernel local = Kernel.of("zone", "toLocal", "now, 1000000L");
        table.add("LOCALTIMESTAMP", List.of(), Resolved.of(local, LOCAL).unsteady());
        Kernel date = Kernel.of("Timestamps", "toDate", "zone.toLocal(now, 1000000L), 1000000L");
        table.add("CURRENT_DATE", List.of(), Resolved.of(date, Type.DATE).unsteady());
        Kernel time = Kernel.of("Timestamps", "toTime", "zone.toLocal(now, 1000000L), 1000000L");
        Resolved timeOfDay = Resolved.of(time, new Type.TimeType(Type.TimeType.MAX_PRECISION))
                .unsteady();
        table.add("CURRENT_TIME", List.of(), timeOfDay);
        table.add("LOCALTIME", List.of(), timeOfDay);
    }

    private static void addText(FunctionTable table) {
        table.add(
                "DATE_FORMAT",
                List.of(TIMESTAMP, TEXT),
                types -> Resolved.of(
                                Kernel.owned("DateFormat", "format", "$0, " + ticks(types.get(0)) + ", $1"),
                                Type.VARCHAR)
                        .failing());
        table.add(
                "DATE_FORMAT",
                List.of(INSTANT, TEXT),
                types -> Resolved.of(
                                Kernel.owned(
                                        "DateFormat", "formatInstant", "$0, " + ticks(types.get(0)) + ", zone, $1"),
                                Type.VARCHAR)
                        .failing());
        Kernel midnight = Kernel.owned("DateFormat", "format", "$0, 1000000L, $1");
        table.add(
                "DATE_FORMAT",
                List.of(DATE, TEXT),
                Resolved.of(midnight, Type.VARCHAR).taking(LOCAL, Type.VARCHAR).failing());
        Kernel parse = Kernel.of("TimeParser", "toTimestamp", "$0, 6");
        table.add("TO_TIMESTAMP", List.of(TEXT), Resolved.of(parse, LOCAL).failing());
        Kernel parsePattern = Kernel.owned("TimestampPattern", "toTimestamp", "$0, $1, 6");
        table.add(
                "TO_TIMESTAMP",
                List.of(TEXT, TEXT),
                Resolved.of(parsePattern, LOCAL).failing());
        Kernel instant = Kernel.of("TimeParser", "toInstant", "$0, 6, zone");
        table.add(
                "TO_TIMESTAMP_LTZ",
                List.of(TEXT),
                Resolved.of(instant, INSTANT_MICROS).failing());
        Kernel instantPattern = Kernel.owned("TimestampPattern", "toInstant", "$0, $1, 6, zone");
        table.add(
                "TO_TIMESTAMP_LTZ",
                List.of(TEXT, TEXT),
                Resolved.of(instantPattern, INSTANT_MICROS).failing());
        table.add(
                "TO_DATE",
                List.of(TEXT),
                Resolved.of(Kernel.of("TimeParser", "toDate"), Type.DATE).failing());
        Kernel datePattern = Kernel.owned("TimestampPattern", "toTimestamp", "$0, $1, 6");
        table.add(
                "TO_DATE",
                List.of(TEXT, TEXT),
                Resolved.of(datePattern, LOCAL).shownAs(Type.DATE).failing());
    }

    private static void addEpochs(FunctionTable table) {
        Kernel fromEpoch = Kernel.of("Timestamps", "fromEpoch", "$0, $1, 1000000L");
        table.add(
                "TO_TIMESTAMP_LTZ",
                List.of(BIGINT, INT),
                Resolved.of(fromEpoch, INSTANT_MICROS).failing());
        Kernel fromMillis = Kernel.of("Timestamps", "fromEpoch", "$0, 3, 1000000L");
        table.add(
                "TO_TIMESTAMP_LTZ",
                List.of(BIGINT),
                Resolved.of(fromMillis, INSTANT_MILLIS).failing());
        table.add(
                "FROM_UNIXTIME",
                List.of(BIGINT),
                Resolved.of(Kernel.of("UnixTime", "toText", "$0, zone"), Type.VARCHAR)
                        .failing());
        Kernel pattern = Kernel.owned(
                "DateFormat", "formatInstant", "Timestamps.fromEpoch($0, 0, 1000000L), 1000000L, zone, $1");
        table.add(
                "FROM_UNIXTIME",
                List.of(BIGINT, TEXT),
                Resolved.of(pattern, Type.VARCHAR).failing());
        Kernel now = Kernel.of("Timestamps", "toEpochSecond", "now, 1000000L");
        table.add("UNIX_TIMESTAMP", List.of(), Resolved.of(now, Type.BIGINT).unsteady());
        Kernel text = Kernel.of("UnixTime", "fromText", "$0, zone");
        table.add(
                "UNIX_TIMESTAMP", List.of(TEXT), Resolved.of(text, Type.BIGINT).failing());
        table.add(
                "UNIX_TIMESTAMP",
                List.of(INSTANT),
                types -> Resolved.of(
                        Kernel.of("Timestamps", "toEpochSecond", "$0, " + ticks(types.get(0))), Type.BIGINT));
    }

    static String ticks(Type type) {
        return ((TimestampType) type).ticksPerSecond() + "L";
    }
}
