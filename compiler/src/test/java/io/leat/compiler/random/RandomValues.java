package io.leat.compiler.random;

import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.TimestampType;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Values of every type, and times about a clock. */
final class RandomValues {
    private static final long SECOND = 1_000_000L;

    private final Choice choice;
    /** Around which rows lie, in microseconds. */
    private final long origin;

    private long clock;

    RandomValues(Choice choice, long origin) {
        this.choice = choice;
        this.origin = origin;
    }

    static long origin(Choice choice) {
        return choice.of(0L, -1_000_000_000L * SECOND, 1_780_000_000L * SECOND);
    }

    long origin() {
        return origin;
    }

    /** A partition begins. */
    void restart() {
        clock = origin;
    }

    /** A row comes. */
    void advance() {
        clock += choice.between(0, 3) * SECOND;
    }

    /** Now and then a row lies behind the clock, by less or by more than the watermark, and now and then it has no time. */
    Object time(Type type) {
        if (choice.oneIn(30)) {
            return null;
        }
        long back = choice.oneIn(4) ? choice.between(0, 15) * SECOND : 0;
        long ticks = clock - back + choice.of(0L, 0L, 1L, 999L, 1_000L, 500_000L, 999_999L);
        return ticks - Math.floorMod(ticks, ((TimestampType) type).unit());
    }

    Object of(Type type) {
        if (choice.oneIn(7)) {
            return null;
        }
        if (type instanceof IntegerType integer) {
            long end = 1L << integer.bits() - 2;
            long most = end - 1 + end;
            return choice.oneIn(12) ? choice.of(most, -most - 1, end) : (Long) (long) choice.between(-3, 6);
        }
        if (type instanceof DecimalType decimal) {
            BigInteger most = BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE);
            BigInteger digits =
                    choice.oneIn(12) ? choice.of(most, most.negate()) : BigInteger.valueOf(choice.between(-300, 900));
            return new BigDecimal(digits, decimal.scale());
        }
        if (type instanceof Type.FloatType) {
            // Sums of quarters are exact, so that they are the same in any order.
            return choice.between(-40, 80) / 4.0;
        }
        if (type instanceof Type.BooleanType) {
            return choice.oneIn(2);
        }
        return type instanceof Type.DateType
                ? (Object) (long) choice.of(0, -1, 20_000, -719_162, 2_932_896, choice.between(19_990, 20_010))
                : choice.of(
                        "a",
                        "b",
                        "A",
                        "ab",
                        "",
                        " a ",
                        "ä",
                        "\uD83D\uDE00",
                        "x%y_z",
                        "10",
                        "long ".repeat(20),
                        "\u0001\"\\");
    }
}
