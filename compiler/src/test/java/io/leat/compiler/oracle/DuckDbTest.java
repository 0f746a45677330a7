package io.leat.compiler.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.compiler.expr.ByteText;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That values come through DuckDB as they were, so that a difference is one of answers. */
class DuckDbTest {
    private static final List<Type> TYPES = List.of(
            Type.BOOLEAN,
            Type.TINYINT,
            Type.BIGINT,
            Type.REAL,
            Type.DOUBLE,
            new Type.DecimalType(38, 10),
            Type.VARCHAR,
            Type.VARBINARY,
            Type.DATE,
            new Type.TimeType(6),
            new Type.TimestampType(6, false),
            new Type.TimestampType(9, false),
            new Type.TimestampType(3, true),
            Type.INTERVAL_MONTHS,
            Type.INTERVAL_MICROS,
            new Type.RowType(List.of(Field.nullable("a b", Type.INT), Field.nullable("it's", Type.VARCHAR))));

    @Test
    void everyValueComesBackAsItWas() throws SQLException {
        roundTrip(
                true,
                -128L,
                Long.MIN_VALUE,
                1.5e-10F,
                Double.MAX_VALUE,
                new BigDecimal("-1234567890123456789012345678.0123456789"),
                "it's ä \uD83D\uDE00; -- \\ \"x\"",
                new ByteText(new byte[] {0, -1}),
                -719_162L,
                86_399_999_999L,
                -62_135_596_799_999_999L,
                -8_520_336_000_000_000_001L,
                -1_000L,
                -14L,
                90_500_000L,
                Arrays.asList(null, "x"));
    }

    @Test
    void nullsComeBackAsNulls() throws SQLException {
        roundTrip(new Object[TYPES.size()]);
    }

    private static void roundTrip(Object... values) throws SQLException {
        StringBuilder query = new StringBuilder("SELECT ");
        for (int i = 0; i < values.length; i++) {
            query.append(i == 0 ? "" : ", ").append(DuckDbValues.literal(values[i], TYPES.get(i)));
        }
        List<Field> fields =
                TYPES.stream().map(type -> Field.nullable("c", type)).toList();
        try (DuckDb database = DuckDb.with(List.of())) {
            assertEquals(
                    List.of(List.of(Arrays.asList(values))),
                    database.run(query + "; -- the end", List.of(fields)).stream()
                            .map(answer -> answer.rows())
                            .toList());
        }
    }

    @Test
    void statementsAreCutAtSemicolonsOutsideOfQuotesAndComments() {
        assertEquals(
                List.of("SELECT ';' -- ;\n", " FROM \"a;b\"", "\nINSERT /* ; */ INTO t VALUES (1)"),
                SqlScript.statements("SELECT ';' -- ;\n; FROM \"a;b\";\nINSERT /* ; */ INTO t VALUES (1);\n"));
    }
}
