package io.leat.compiler.bind;

import io.leat.compiler.catalog.ParameterText;
import io.leat.compiler.catalog.Table;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Relation;
import io.leat.grammar.tree.Statement.PlainValue;
import io.leat.grammar.tree.Statement.Property;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that stand where a table does: {@code FROM 'events/*.json'}. Their names say what is in them, and they themselves their columns. */
final class FileBinder {
    private static final Pattern NAME = Pattern.compile("(?:.*/)?([^/]*?)(\\.[a-z]+)(?:\\.gz|\\.zst)?");
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Map<String, String> FORMATS = new LinkedHashMap<>();

    static {
        FORMATS.put(".json", "json");
        FORMATS.put(".jsonl", "json");
        FORMATS.put(".ndjson", "json");
        FORMATS.put(".csv", "csv");
        FORMATS.put(".tsv", "csv");
        FORMATS.put(".parquet", "parquet");
    }

    /** Functions of DuckDB, which say what is in files whatever they are called. */
    private static final Map<String, String> FUNCTIONS = Map.of(
            "read_csv", "csv",
            "read_csv_auto", "csv",
            "read_json", "json",
            "read_json_auto", "json",
            "read_ndjson", "json",
            "read_parquet", "parquet",
            "parquet_scan", "parquet");

    private final Context context;
    private final Problems problems;

    FileBinder(Context context) {
        this.context = context;
        this.problems = context.problems();
    }

    /** Whether it is a function that reads files. */
    static boolean takes(Relation.TableFunction function) {
        return FUNCTIONS.containsKey(function.name().key());
    }

    /** The table that reads the files, to the end that they have when the job starts. */
    Table table(Relation.File file) {
        Matcher name = NAME.matcher(ParameterText.filled(file.path(), context.parameters()));
        String format = name.matches() ? FORMATS.get(name.group(2)) : null;
        if (format == null) {
            throw problems.abandon(
                    ErrorCode.NO_COLUMNS,
                    file.at(),
                    "'" + file.path() + "' does not say by its name what is in it",
                    "names end in " + String.join(", ", FORMATS.keySet())
                            + "; or say it: CREATE TABLE t WITH (connector = 'filesystem', path = '…', format = '…')");
        }
        return table(file.path(), format, file.at());
    }

    /** The same of a function. */
    Table table(Relation.TableFunction function) {
        String format = FUNCTIONS.get(function.name().key());
        Optional<String> path = onlyText(function.arguments());
        if (path.isEmpty() || function.ordinality()) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    function.at(),
                    function.name() + " takes one path here, and nothing else",
                    "say the rest in options: CREATE TABLE t WITH (connector = 'filesystem', path = '…', format = '"
                            + format + "', …)");
        }
        return table(path.get(), format, function.at());
    }

    private static Optional<String> onlyText(List<Relation.Argument> arguments) {
        return arguments.size() == 1
                        && arguments.get(0).name().isEmpty()
                        && arguments.get(0).value() instanceof Relation.ExpressionArgument argument
                        && argument.expression() instanceof Expression.StringLiteral text
                ? Optional.of(text.value())
                : Optional.empty();
    }

    private Table table(String path, String format, Origin at) {
        List<Property> options = List.of(
                property("connector", "filesystem", at), property("path", path, at), property("format", format, at));
        return new TableBinder(context).bind(path, List.of(), options, at);
    }

    /** What columns of files are qualified with that have no alias: the name of the file, as far as that is a name. */
    static String qualifier(String path) {
        Matcher name = NAME.matcher(path);
        return name.matches() && PLAIN.matcher(name.group(1)).matches() ? name.group(1) : path;
    }

    private static Property property(String key, String value, Origin at) {
        return new Property(key, at, new PlainValue(value, at), at);
    }
}
