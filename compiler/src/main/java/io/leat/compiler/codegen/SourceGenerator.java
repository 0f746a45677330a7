package io.leat.compiler.codegen;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.compiler.physical.PhysicalOperator.Pipeline;
import io.leat.compiler.physical.Positions;
import io.leat.compiler.physical.SourceRead;
import io.leat.compiler.physical.Terminal;
import io.leat.grammar.tree.Identifier;
import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.job.Pace;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.job.SourceSpec.ChangelogSpec;
import io.leat.runtime.job.SourceSpec.CompleterSpec;
import io.leat.runtime.job.SourceSpec.DecodingSpec;
import io.leat.runtime.job.SourceSpec.EventTimeSpec;
import io.leat.runtime.job.SourceSpec.MetadataSpec;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Generates what a source needs: decoders of values and keys, and the class that computes its event time. */
final class SourceGenerator {
    private final SourceRead read;
    private final Table table;
    private final Schema schema;
    private final String prefix;
    private final ClassWriter classes;
    private final Positions places;

    SourceGenerator(SourceRead read, String prefix, ClassWriter classes, Positions places) {
        this.read = read;
        this.table = read.table();
        this.schema = read.schema();
        this.prefix = prefix;
        this.classes = classes;
        this.places = places;
    }

    SourceSpec generate() {
        SourceTraits traits = table.source().orElseThrow();
        Optional<DecodingSpec> decoding = traits.format().map(format -> decoding(format, traits.keyFormat()));
        return new SourceSpec(
                table.name(),
                table.connector(),
                table.options(),
                schema,
                declared(),
                traits.end(),
                traits.stream(),
                decoding,
                eventTime(),
                read.place(),
                table.changelog().map(this::changelog),
                table.commonOptions());
    }

    private ChangelogSpec changelog(Table.Changelog changelog) {
        List<Integer> key = changelog.keyed()
                ? table.primaryKey().stream().map(read.columns()::indexOf).toList()
                : List.of();
        int gone = changelog.versions() ? read.columns().indexOf(-1) : -1;
        return new ChangelogSpec(changelog.op(), key, changelog.tombstones(), changelog.oneLog(), gone);
    }

    /** The columns that rows or records of the table carry, metadata apart. */
    private Schema declared() {
        return new Schema(table.physicalColumns().stream()
                .filter(column -> column.metadata().isEmpty())
                .map(TableColumn::field)
                .toList());
    }

    private DecodingSpec decoding(FormatSpec value, Optional<FormatSpec> key) {
        FormatSpec values = withFields(value);
        // A column that is in the key, too, comes from there.
        List<String> ofKey = key.map(FormatSpec::fields).orElse(List.of());
        classes.write(budget -> decoder(prefix + "_Decoder", values, ofKey, budget));
        key.ifPresent(format -> classes.write(budget -> decoder(prefix + "_KeyDecoder", format, List.of(), budget)));
        List<MetadataSpec> metadata = new ArrayList<>();
        for (int i = 0; i < read.columns().size(); i++) {
            int position = i;
            column(i).flatMap(TableColumn::metadata).ifPresent(from -> metadata.add(new MetadataSpec(position, from)));
        }
        return new DecodingSpec(values, prefix + "_Decoder", key, key.map(format -> prefix + "_KeyDecoder"), metadata);
    }

    /** The format with the columns that it carries: those it says, or all, without those that it says it does not. */
    private FormatSpec withFields(FormatSpec format) {
        List<String> all = format.fields().isEmpty()
                ? declared().fields().stream().map(Field::name).toList()
                : format.fields();
        List<String> names =
                all.stream().filter(name -> !contains(format.without(), name)).toList();
        return new FormatSpec(format.name(), format.settings(), format.lines(), names);
    }

    private static boolean contains(List<String> names, String name) {
        return names.stream().anyMatch(each -> Identifier.key(each).equals(Identifier.key(name)));
    }

    /**
     * @param skipped columns that stand in the record and are not read from it
     */
    private GeneratedClass decoder(String name, FormatSpec format, List<String> skipped, Budget budget) {
        List<Integer> order = new ArrayList<>();
        for (String field : format.fields()) {
            order.add(contains(skipped, field) ? -1 : columnOf(field));
        }
        return switch (format.name()) {
            case "csv" -> CsvDecoderEmitter.emit(name, schema, order, budget);
            case "raw" -> RawDecoderEmitter.emit(name, schema, order.isEmpty() ? -1 : order.get(0));
            default -> {
                List<Integer> used =
                        order.stream().filter(column -> column >= 0).toList();
                yield new JsonDecoderEmitter(
                                schema,
                                used,
                                budget,
                                format.setting("duplicate-keys", "last").equals("reject"))
                        .emit(name, carried(format));
            }
        };
    }

    /** The columns that a format carries, as they are declared. */
    private List<Field> carried(FormatSpec format) {
        return declared().fields().stream()
                .filter(field -> contains(format.fields(), field.name()))
                .toList();
    }

    /** The column of the schema with this name, or -1 if it is not used. */
    private int columnOf(String name) {
        for (int i = 0; i < schema.size(); i++) {
            boolean same = Identifier.key(schema.field(i).name()).equals(Identifier.key(name));
            boolean carried = column(i)
                    .filter(column -> column.metadata().isEmpty() && !column.isComputed())
                    .isPresent();
            if (same && carried) {
                return i;
            }
        }
        return -1;
    }

    /** The table's column that a column of the schema is; empty for a hidden one. */
    private Optional<TableColumn> column(int position) {
        int declared = read.columns().get(position);
        return declared < 0 ? Optional.empty() : Optional.of(table.columns().get(declared));
    }

    private Optional<EventTimeSpec> eventTime() {
        if (read.eventTime() < 0) {
            return Optional.empty();
        }
        Optional<CompleterSpec> completer = read.eventTimeExpression().map(expression -> {
            String name = prefix + "_EventTime";
            Terminal terminal = new Terminal.Complete(expression, schema.firstLeaf(read.eventTime()), expression.at());
            Pipeline pipeline = new Pipeline(
                    -1, List.of(), schema, false, false, Pace.OF_ROWS, false, List.of(), List.of(), terminal);
            GeneratedClass generated =
                    classes.write(budget -> new PipelineEmitter(pipeline, Map.of(), places).emit(name, budget));
            return new CompleterSpec(name, generated.constants(), generated.positions());
        });
        return Optional.of(new EventTimeSpec(
                read.eventTime(), table.watermark().orElseThrow().delayMicros(), completer));
    }
}
