package io.leat.grammar.parse;

import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression.TimeUnit;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.TypeName;
import io.leat.grammar.tree.TypeName.FieldDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Builds types, with one name for the many spellings of each. */
final class TypeBuilder extends FamilyBuilder<TypeName> {
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("BOOL", "BOOLEAN"),
            Map.entry("INT1", "TINYINT"),
            Map.entry("INT2", "SMALLINT"),
            Map.entry("INTEGER", "INT"),
            Map.entry("INT4", "INT"),
            Map.entry("INT8", "BIGINT"),
            Map.entry("LONG", "BIGINT"),
            Map.entry("FLOAT", "REAL"),
            Map.entry("FLOAT4", "REAL"),
            Map.entry("FLOAT8", "DOUBLE"),
            Map.entry("DOUBLE PRECISION", "DOUBLE"),
            Map.entry("NUMERIC", "DECIMAL"),
            Map.entry("DEC", "DECIMAL"),
            Map.entry("STRING", "VARCHAR"),
            Map.entry("TEXT", "VARCHAR"),
            Map.entry("CHARACTER", "CHAR"),
            Map.entry("CHARACTER VARYING", "VARCHAR"),
            Map.entry("CHAR VARYING", "VARCHAR"),
            Map.entry("BYTES", "VARBINARY"),
            Map.entry("BYTEA", "VARBINARY"),
            Map.entry("BLOB", "VARBINARY"),
            Map.entry("BINARY VARYING", "VARBINARY"));

    private final TreeBuilder build;

    TypeBuilder(TreeBuilder build) {
        this.build = build;
    }

    /** The name of a TIMESTAMP with these words behind it, if any. */
    static String timestamp(QueryParser.TimeZoneContext zone) {
        return zone instanceof QueryParser.WithTimeZoneContext ? "TIMESTAMP_LTZ" : "TIMESTAMP";
    }

    @Override
    public TypeName visitTypeOrArray(QueryParser.TypeOrArrayContext context) {
        Origin at = Places.of(context);
        List<QueryParser.ArraySuffixContext> suffixes = context.arraySuffix();
        return build.depth.below(suffixes.size() + 1, at, () -> {
            TypeName type = visit(context.baseType());
            for (QueryParser.ArraySuffixContext suffix : suffixes) {
                type = new TypeName("ARRAY", List.of(), List.of(), List.of(type), at.to(Places.of(suffix)));
            }
            return type;
        });
    }

    @Override
    public TypeName visitTimeOfDayType(QueryParser.TimeOfDayTypeContext context) {
        return simple("TIME", context.typeArguments(), Places.of(context));
    }

    @Override
    public TypeName visitTimestampType(QueryParser.TimestampTypeContext context) {
        return simple(timestamp(context.timeZone()), context.typeArguments(), Places.of(context));
    }

    @Override
    public TypeName visitTimestampLtzType(QueryParser.TimestampLtzTypeContext context) {
        return simple("TIMESTAMP_LTZ", context.typeArguments(), Places.of(context));
    }

    /** The precision of a unit says how long the printed text is; nothing depends on it. */
    @Override
    public TypeName visitIntervalType(QueryParser.IntervalTypeContext context) {
        List<TimeUnit> units = context.intervalUnit().stream()
                .map(unit -> LiteralBuilder.unit(unit.getStart()))
                .toList();
        boolean ofMonths = units.stream().anyMatch(TypeBuilder::isMonths);
        boolean ofTime = units.stream().anyMatch(unit -> !isMonths(unit));
        if (ofMonths && ofTime) {
            throw new SyntaxException(
                    ErrorCode.MALFORMED_TOKEN,
                    "an interval counts either months or time, since a month has no fixed length",
                    Places.of(context),
                    "INTERVAL YEAR TO MONTH or INTERVAL DAY TO SECOND");
        }
        String name = ofMonths ? "INTERVAL_MONTHS" : ofTime ? "INTERVAL_MICROS" : "INTERVAL";
        return simple(name, null, Places.of(context));
    }

    private static boolean isMonths(TimeUnit unit) {
        return unit.compareTo(TimeUnit.MONTH) <= 0;
    }

    @Override
    public TypeName visitRowType(QueryParser.RowTypeContext context) {
        return row(context.rowField(), Places.of(context));
    }

    @Override
    public TypeName visitRowTypeInParentheses(QueryParser.RowTypeInParenthesesContext context) {
        return row(context.rowField(), Places.of(context));
    }

    private TypeName row(List<QueryParser.RowFieldContext> written, Origin at) {
        List<FieldDefinition> fields = new ArrayList<>();
        for (QueryParser.RowFieldContext context : written) {
            QueryParser.FieldOfRowContext field = (QueryParser.FieldOfRowContext) context;
            Identifier name = build.names.identifier(field.identifier());
            fields.add(new FieldDefinition(name, visit(field.type()), field.NOT() != null, Places.of(field)));
        }
        return new TypeName("ROW", List.of(), fields, List.of(), at);
    }

    @Override
    public TypeName visitArrayType(QueryParser.ArrayTypeContext context) {
        return new TypeName("ARRAY", List.of(), List.of(), List.of(visit(context.type())), Places.of(context));
    }

    @Override
    public TypeName visitMapType(QueryParser.MapTypeContext context) {
        List<TypeName> keyAndValue = context.type().stream().map(this::visit).toList();
        return new TypeName("MAP", List.of(), List.of(), keyAndValue, Places.of(context));
    }

    @Override
    public TypeName visitNamedType(QueryParser.NamedTypeContext context) {
        Identifier written = build.names.identifier(context.typeName());
        String name = written.text().toUpperCase(Locale.ROOT);
        TerminalNode second = context.PRECISION() != null ? context.PRECISION() : context.VARYING();
        if (second != null) {
            name += " " + second.getText().toUpperCase(Locale.ROOT);
            if (!ALIASES.containsKey(name)) {
                throw new SyntaxException(
                        ErrorCode.UNEXPECTED_TOKEN,
                        "found '" + second.getText() + "' behind the type " + TokenNames.shortened(written.text()),
                        Places.of(second),
                        "DOUBLE PRECISION, CHARACTER VARYING and BINARY VARYING are types of two words");
            }
        }
        return simple(ALIASES.getOrDefault(name, name), context.typeArguments(), Places.of(context));
    }

    private static TypeName simple(String name, QueryParser.TypeArgumentsContext arguments, Origin at) {
        List<Long> numbers = new ArrayList<>();
        if (arguments != null) {
            for (TerminalNode number : ((QueryParser.NumbersContext) arguments).INTEGER()) {
                numbers.add(number(number));
            }
        }
        return new TypeName(name, numbers, List.of(), List.of(), at);
    }

    private static Long number(TerminalNode number) {
        try {
            return Long.valueOf(number.getText());
        } catch (NumberFormatException tooLarge) {
            throw new SyntaxException(
                    ErrorCode.MALFORMED_TOKEN,
                    "the number " + TokenNames.shortened(number.getText()) + " is too large for a type",
                    Places.of(number));
        }
    }
}
