package io.leat.compiler.logictest;

import io.leat.compiler.logictest.TableRows.Kind;
import io.leat.compiler.logictest.TableRows.TableColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables and views of a file, and the statements that make and fill them. Indexes and triggers change no answer, so they are not there.
 * What a statement asks of its tables is asked of Leat, too.
 */
final class LogicTables {
    private static final Pattern WORDS = Pattern.compile("\\s+");
    private static final Pattern CREATE_TABLE =
            Pattern.compile("CREATE\\s+TABLE\\s+(\\w+)\\s*\\((.*)\\)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern CREATE_VIEW =
            Pattern.compile("CREATE\\s+VIEW\\s+(\\w+)\\s+AS\\s+(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern DROP =
            Pattern.compile("DROP\\s+(?:TABLE|VIEW)\\s+(?:IF\\s+EXISTS\\s+)?(\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern INSERT = Pattern.compile(
            "INSERT\\s+INTO\\s+(\\w+)\\s*(?:\\(([\\w\\s,]*)\\))?\\s*(VALUES|SELECT)(.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern COPIED =
            Pattern.compile("\\s*\\*\\s*FROM\\s+(\\w+)\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern DELETE = Pattern.compile(
            "DELETE\\s+FROM\\s+(\\w+)(?:\\s+WHERE\\s+(.*))?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern UPDATE = Pattern.compile(
            "UPDATE\\s+(\\w+)\\s+SET\\s+(\\w+)\\s*=\\s*([^,]*?)(?:\\s+WHERE\\s+(.*))?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern IGNORED = Pattern.compile(
            "(CREATE|DROP)\\s+(UNIQUE\\s+)?(INDEX|TRIGGER)\\b.*|REINDEX\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("\\s*('(?:[^']|'')*'|[^,()']+)\\s*");

    private final Map<String, TableRows> tables = new LinkedHashMap<>();
    private final Map<String, String> views = new LinkedHashMap<>();

    TableRows table(String name) {
        TableRows table = tables.get(name.toLowerCase(Locale.ROOT));
        if (table == null) {
            throw new IllegalArgumentException("no table " + name);
        }
        return table;
    }

    /**
     * Carries out a statement.
     *
     * @param asking answers a query
     * @return false if it is of a kind that is not carried out
     */
    boolean execute(String sql, Function<String, List<List<Object>>> asking) {
        String text = sql.strip();
        Matcher is = CREATE_TABLE.matcher(text);
        if (is.matches()) {
            tables.put(key(is.group(1)), new TableRows(columns(is.group(2))));
            return true;
        }
        is = CREATE_VIEW.matcher(text);
        if (is.matches()) {
            views.put(key(is.group(1)), is.group(2));
            return true;
        }
        is = DROP.matcher(text);
        if (is.matches()) {
            tables.remove(key(is.group(1)));
            views.remove(key(is.group(1)));
            return true;
        }
        is = INSERT.matcher(text);
        if (is.matches()) {
            insert(is, asking);
            return true;
        }
        is = DELETE.matcher(text);
        if (is.matches()) {
            String where = is.group(2) == null ? "TRUE" : is.group(2);
            table(is.group(1))
                    .replaceAll(asking.apply("SELECT * FROM " + is.group(1) + " WHERE (" + where + ") IS NOT TRUE"));
            return true;
        }
        is = UPDATE.matcher(text);
        if (is.matches()) {
            update(is, asking);
            return true;
        }
        return IGNORED.matcher(text).matches();
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static List<TableColumn> columns(String text) {
        List<TableColumn> columns = new ArrayList<>();
        for (String part : text.split(",")) {
            String[] words = WORDS.split(part.strip());
            String type = words.length < 2 ? "" : words[1].toUpperCase(Locale.ROOT);
            if (type.startsWith("INT")) {
                columns.add(new TableColumn(words[0], Kind.INT));
            } else if (type.startsWith("FLOAT") || type.startsWith("REAL")) {
                columns.add(new TableColumn(words[0], Kind.DOUBLE));
            } else if (type.startsWith("TEXT") || type.startsWith("VARCHAR")) {
                columns.add(new TableColumn(words[0], Kind.STRING));
            }
        }
        return columns;
    }

    private void insert(Matcher is, Function<String, List<List<Object>>> asking) {
        TableRows table = table(is.group(1));
        if (is.group(3).equalsIgnoreCase("SELECT")) {
            Matcher copied = COPIED.matcher(is.group(4));
            List<List<Object>> rows =
                    copied.matches() ? table(copied.group(1)).rows() : asking.apply("SELECT" + is.group(4));
            rows.forEach(table::add);
            return;
        }
        List<Object> given = values(is.group(4));
        if (is.group(2) == null) {
            table.add(given);
            return;
        }
        List<Object> row = new ArrayList<>();
        table.columns().forEach(column -> row.add(null));
        String[] names = is.group(2).split(",");
        for (int i = 0; i < names.length; i++) {
            row.set(table.place(names[i].strip()), given.get(i));
        }
        table.add(row);
    }

    /** The values of one row. */
    private static List<Object> values(String text) {
        List<Object> values = new ArrayList<>();
        Matcher value = VALUE.matcher(text.substring(text.indexOf('(') + 1, text.lastIndexOf(')')));
        while (value.find()) {
            String word = value.group(1).strip();
            if (word.startsWith("'")) {
                values.add(word.substring(1, word.length() - 1).replace("''", "'"));
            } else {
                values.add(word.equalsIgnoreCase("NULL") ? null : number(word));
            }
        }
        return values;
    }

    private static Object number(String word) {
        return word.contains(".") ? (Object) Double.valueOf(word) : (Object) Long.valueOf(word);
    }

    private void update(Matcher is, Function<String, List<List<Object>>> asking) {
        TableRows table = table(is.group(1));
        int place = table.place(is.group(2));
        String where = is.group(4) == null ? "TRUE" : is.group(4);
        String columns = table.columns().stream()
                .map(column -> place != table.place(column.name())
                        ? column.name()
                        : "CASE WHEN " + where + " THEN " + is.group(3) + " ELSE " + column.name() + " END AS "
                                + column.name())
                .collect(Collectors.joining(", "));
        table.replaceAll(asking.apply("SELECT " + columns + " FROM " + is.group(1)));
    }

    /** What stands before a query, so that it finds its tables and views. */
    String declarations(String query) {
        // A view is younger than those that it reads.
        List<String> names = new ArrayList<>(views.keySet());
        StringBuilder mentioning = new StringBuilder(query);
        StringBuilder ofViews = new StringBuilder();
        for (int i = names.size() - 1; i >= 0; i--) {
            String sql = views.get(names.get(i));
            if (mentions(mentioning, names.get(i))) {
                mentioning.append(' ').append(sql);
                ofViews.insert(0, "CREATE VIEW " + names.get(i) + " AS " + sql + ";\n");
            }
        }
        StringBuilder text = new StringBuilder();
        tables.forEach((name, table) -> {
            if (mentions(mentioning, name)) {
                text.append(declaration(name, table));
            }
        });
        return text.append(ofViews).toString();
    }

    private static boolean mentions(CharSequence sql, String name) {
        return Pattern.compile("\\b" + name + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(sql)
                .find();
    }

    private static String declaration(String name, TableRows table) {
        String columns = table.columns().stream()
                .map(column -> column.name() + " " + column.kind())
                .collect(Collectors.joining(", "));
        return "CREATE TABLE " + name + " (" + columns + ") WITH (" + RowsConnector.OPTIONS + ");\n";
    }
}
