package io.leat.compiler.explain;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.physical.PhysicalOperator;
import io.leat.compiler.physical.PhysicalPlan;
import io.leat.compiler.physical.SourceRead;
import io.leat.runtime.connector.Hashes;
import io.leat.runtime.job.OperatorParts;
import io.leat.runtime.job.OptionValue;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What of an operator can be another without another state, field by field; each is in its exact print, too. */
final class OperatorSettings {
    private final Map<String, String> fields = new LinkedHashMap<>();

    private OperatorSettings() {}

    static Map<String, String> of(PhysicalOperator operator, PhysicalPlan plan) {
        OperatorSettings settings = new OperatorSettings();
        if (operator instanceof PhysicalOperator.SourceScan scan) {
            settings.source(plan.sources().get(scan.source()));
        } else if (operator instanceof PhysicalOperator.Deliver deliver) {
            settings.sink(plan.sinks().get(deliver.sink()));
        } else {
            PlanPrints.aggregation(operator)
                    .ifPresent(groups -> settings.put(
                            OperatorParts.SUMS, groups.perPartition() ? "by source partition" : "over all partitions"));
        }
        return settings.fields;
    }

    private void put(String field, Object value) {
        fields.put(field, String.valueOf(value));
    }

    private void source(SourceRead read) {
        Table table = read.table();
        put("format", String.join(", ", format(table)));
        table.watermark().ifPresent(watermark -> {
            put("event time", table.columns().get(watermark.column()).name() + expression(read));
            put(OperatorParts.WATERMARK_DELAY, watermark.delayMicros());
        });
    }

    /** How a computed event time follows from other columns, in short: what columns hold may be no business of who reads this. */
    private static String expression(SourceRead read) {
        List<String> names = read.schema().fields().stream().map(Field::name).toList();
        return read.eventTimeExpression()
                .map(time ->
                        new ExactText(table -> "", true).over(names).add(time).toString())
                .map(text -> " computed "
                        + Hashes.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, 8))
                .orElse("");
    }

    private void sink(SinkSpec sink) {
        sink.connector().ifPresent(connector -> put("connector", connector));
        put(
                "columns",
                sink.schema().fields().stream()
                        .map(field -> field.name() + " " + field.type().sql() + (field.nullable() ? "" : " NOT NULL"))
                        .collect(Collectors.joining(", ")));
        put("told", sink.telling());
        put("pauses", new ExactText(table -> "", true).add(sink.pauses()));
        put("rows by", sink.identity().map(OperatorSettings::places).orElse("nothing"));
        put("key", places(sink.key()));
    }

    private static String places(List<Integer> columns) {
        return columns.isEmpty()
                ? "no column"
                : columns.stream().map(column -> "column " + (column + 1)).collect(Collectors.joining(", "));
    }

    /** How records become rows. */
    static List<String> format(Table table) {
        List<String> said = new ArrayList<>();
        String format = Optional.ofNullable(table.options().get("format"))
                .map(OptionValue::text)
                .orElse("");
        new TreeMap<>(table.options()).forEach((key, value) -> {
            boolean ofFormat = key.equals("format") || key.endsWith(".format") || key.startsWith(format + ".");
            if (ofFormat && value.kind() == OptionValue.Kind.PLAIN) {
                said.add(key + "=" + value.text());
            }
        });
        if (format.equals("csv")) {
            table.columns().forEach(column -> said.add(column.name())); // by place
        }
        return said;
    }
}
