package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.expr.Expr;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Suggestion;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Name;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.RowType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Dotted names to columns and fields of columns: {@code c}, {@code t.c}, {@code c.field}, {@code t.c.field}. */
final class NameResolver {
    /** Columns that every stream of another engine has. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "ROWTIME", "name it in CREATE TABLE: rowtime TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'",
            "ROWPARTITION", "name it in CREATE TABLE: rowpartition INT METADATA FROM 'partition'",
            "ROWOFFSET", "name it in CREATE TABLE: rowoffset BIGINT METADATA FROM 'offset'");

    private final Problems problems;
    private final BoundRelation relation;
    private final Optional<Scope> outside;

    NameResolver(Problems problems, BoundRelation relation, Optional<Scope> outside) {
        this.problems = problems;
        this.relation = relation;
        this.outside = outside;
    }

    Expr resolve(Name name) {
        List<Identifier> parts = name.parts();
        if (parts.size() > 1) {
            String qualifier = parts.get(0).text();
            List<Entry> qualified = relation.named(qualifier, parts.get(1).text());
            if (!qualified.isEmpty()) {
                return fields(column(qualified, name), parts.subList(2, parts.size()));
            }
        }
        List<Entry> plain = relation.named(parts.get(0).text());
        if (!plain.isEmpty()) {
            return fields(column(plain, name), parts.subList(1, parts.size()));
        }
        boolean isOurs = parts.size() > 1
                && relation.names().stream()
                        .anyMatch(entry -> entry.isOf(parts.get(0).text()));
        return (isOurs ? Optional.<Expr>empty() : outside(name)).orElseGet(() -> unknown(name));
    }

    /** Whether some rows that can be spoken of have a column of this name. */
    boolean isColumn(Identifier name) {
        boolean found = !relation.named(name.text()).isEmpty();
        for (Optional<Scope> scope = outside;
                scope.isPresent() && !found;
                scope = scope.get().outside()) {
            found = !scope.get().rows().named(name.text()).isEmpty();
        }
        return found;
    }

    /** A column of the rows around, where these have none of the name. */
    private Optional<Expr> outside(Name name) {
        List<Identifier> parts = name.parts();
        for (Optional<Scope> scope = outside;
                scope.isPresent();
                scope = scope.get().outside()) {
            BoundRelation rows = scope.get().rows();
            List<Entry> found = parts.size() == 1
                    ? List.of()
                    : rows.named(parts.get(0).text(), parts.get(1).text());
            int used = 2;
            if (found.isEmpty()) {
                found = rows.named(parts.get(0).text());
                used = 1;
            }
            if (!found.isEmpty()) {
                Expr.Column column = column(rows, found, name);
                Expr outer = new Expr.Outer(
                        scope.get().level(),
                        column.index(),
                        column.name(),
                        column.type(),
                        column.nullable(),
                        name.at());
                return Optional.of(fields(outer, parts.subList(used, parts.size())));
            }
            if (parts.size() > 1
                    && rows.names().stream()
                            .anyMatch(entry -> entry.isOf(parts.get(0).text()))) {
                return Optional.of(new NameResolver(problems, rows, Optional.empty()).unknown(name));
            }
        }
        return Optional.empty();
    }

    private Expr column(List<Entry> found, Name name) {
        return column(relation, found, name);
    }

    private Expr.Column column(BoundRelation rows, List<Entry> found, Name name) {
        long columns = found.stream().mapToInt(Entry::column).distinct().count();
        if (columns > 1) {
            String choices = found.stream()
                    .filter(entry -> !entry.qualifier().isEmpty())
                    .map(entry -> entry.qualifier() + "." + entry.name())
                    .distinct()
                    .collect(Collectors.joining(", "));
            Diagnostic problem = new Diagnostic(
                    ErrorCode.AMBIGUOUS_COLUMN, "'" + name + "' could be any of several columns", name.at());
            problems.add(choices.isEmpty() ? problem : problem.withHelp("write one of " + choices));
        }
        return rows.column(found.get(0), name.at());
    }

    private Expr fields(Expr value, List<Identifier> path) {
        Expr result = value;
        for (Identifier field : path) {
            result = field(result, field);
        }
        return result;
    }

    /** A field of a row. */
    Expr field(Expr value, Identifier field) {
        if (!(value.type() instanceof RowType row)) {
            problems.add(
                    ErrorCode.UNKNOWN_FIELD,
                    field.at(),
                    "'" + field + "' is no field: the value before it is "
                            + value.type().sql() + " and no row");
            return Expr.Literal.ofNull(Type.NULL, field.at());
        }
        for (int i = 0; i < row.fields().size(); i++) {
            Field each = row.fields().get(i);
            if (Identifier.key(each.name()).equals(field.key())) {
                boolean nullable = each.nullable() || value.nullable();
                return new Expr.FieldAccess(value, i, each.name(), each.type(), nullable, field.at());
            }
        }
        List<String> names = row.fields().stream().map(Field::name).toList();
        problems.add(
                ErrorCode.UNKNOWN_FIELD,
                field.at(),
                "no field '" + field + "' in this row",
                Problems.meant(field.text(), names, "the row has"));
        return Expr.Literal.ofNull(Type.NULL, field.at());
    }

    /** The column that is meant by {@code x.c} where only some other table has a column {@code c}. */
    private Optional<Entry> qualified(Name name) {
        if (name.parts().size() < 2
                || relation.names().stream()
                        .anyMatch(entry -> entry.isOf(name.parts().get(0).text()))) {
            return Optional.empty();
        }
        return relation.named(name.parts().get(1).text()).stream()
                .filter(entry -> !entry.qualifier().isEmpty())
                .findFirst();
    }

    private Expr unknown(Name name) {
        Identifier first = name.parts().get(0);
        Optional<Entry> meant = qualified(name);
        if (meant.isPresent()) {
            problems.add(
                    ErrorCode.UNKNOWN_TABLE,
                    first.at(),
                    "no table '" + first + "' in FROM",
                    "did you mean " + meant.get().qualifier() + "."
                            + meant.get().name() + "?");
            return Expr.Literal.ofNull(Type.NULL, name.at());
        }
        boolean isQualifier =
                name.parts().size() > 1 && relation.names().stream().anyMatch(entry -> entry.isOf(first.text()));
        Identifier wanted = isQualifier ? name.parts().get(1) : first;
        List<Entry> candidates = isQualifier ? relation.visibleOf(first.text()) : relation.visible();
        List<String> names = candidates.stream().map(Entry::name).distinct().toList();
        String qualifiers = candidates.stream()
                .map(Entry::qualifier)
                .filter(qualifier -> !qualifier.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        String where = qualifiers.isEmpty() ? "" : " in " + qualifiers;
        String thereAre = qualifiers.isEmpty() || qualifiers.contains(",") ? "there are" : qualifiers + " has";
        String has = names.isEmpty() ? "there are no columns here" : Problems.meant(wanted.text(), names, thereAre);
        boolean maybeText = first.quoted()
                && name.parts().size() == 1
                && Suggestion.nearest(first.text(), names).isEmpty();
        String elsewhere = ELSEWHERE.get(first.text().toUpperCase(Locale.ROOT));
        String help = elsewhere != null
                ? elsewhere
                : maybeText ? "a text stands in single quotes: '" + first + "'; " + has : has;
        problems.add(ErrorCode.UNKNOWN_COLUMN, wanted.at(), "no column '" + wanted + "'" + where, help);
        return Expr.Literal.ofNull(Type.NULL, name.at());
    }
}
