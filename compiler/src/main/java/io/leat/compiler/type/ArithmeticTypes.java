package io.leat.compiler.type;

import io.leat.runtime.type.Type.DecimalType;

/**
 * The types of exact results. Addition, subtraction and multiplication of decimals are exact: their scale is never cut, and a
 * result of more than 38 digits fails. Only division rounds, half up, to at least six fraction digits.
 */
public final class ArithmeticTypes {
    private static final int MIN_DIVISION_SCALE = 6;

    private ArithmeticTypes() {}

    public static DecimalType sum(DecimalType left, DecimalType right) {
        int scale = Math.max(left.scale(), right.scale());
        int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
        return new DecimalType(Math.min(whole + scale + 1, DecimalType.MAX_PRECISION), scale);
    }

    /** The type of a product; its scale must not pass 38, which the caller checks with {@link #productScale}. */
    public static DecimalType product(DecimalType left, DecimalType right) {
        int precision = Math.min(left.precision() + right.precision(), DecimalType.MAX_PRECISION);
        return new DecimalType(precision, productScale(left, right));
    }

    public static int productScale(DecimalType left, DecimalType right) {
        return left.scale() + right.scale();
    }

    public static DecimalType quotient(DecimalType left, DecimalType right) {
        int scale = Math.max(MIN_DIVISION_SCALE, left.scale() + right.precision() + 1);
        int whole = left.precision() - left.scale() + right.scale();
        if (whole + scale > DecimalType.MAX_PRECISION) {
            scale = Math.max(Math.min(scale, MIN_DIVISION_SCALE), DecimalType.MAX_PRECISION - whole);
        }
        return new DecimalType(Math.min(whole + scale, DecimalType.MAX_PRECISION), scale);
    }

    public static DecimalType remainder(DecimalType left, DecimalType right) {
        int scale = Math.max(left.scale(), right.scale());
        int whole = Math.min(left.precision() - left.scale(), right.precision() - right.scale());
        return new DecimalType(Math.max(1, Math.min(whole + scale, DecimalType.MAX_PRECISION)), scale);
    }

    /** The type of the sum of any number of values. */
    public static DecimalType total(DecimalType argument) {
        return new DecimalType(DecimalType.MAX_PRECISION, argument.scale());
    }

    /** The type of a mean. */
    public static DecimalType mean(DecimalType argument) {
        return new DecimalType(DecimalType.MAX_PRECISION, Math.max(argument.scale(), MIN_DIVISION_SCALE));
    }
}
