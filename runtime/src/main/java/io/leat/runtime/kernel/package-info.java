/**
 * Functions that generated code calls: static, allocation-free, one obvious loop each, NULLs already dealt with by the caller.
 *
 * <p>Text and bytes come in as address and length and leave through {@link io.leat.runtime.batch.BytesResult}; wide decimals
 * come as two longs and leave through {@link io.leat.runtime.batch.Int128Result}. What has no result throws
 * {@link io.leat.runtime.kernel.RowError}. A kernel that keeps something between rows (a compiled pattern) is an object that
 * the call site owns. May import {@code type}, {@code memory} and {@code batch}. Start reading at {@code Arithmetic}.
 *
 * <p>A name is the operation and the machine form it works on, {@code addInt32}, or two of them, {@code int64ToDecimal}:
 * {@code Int8} to {@code Int64}, {@code Float32}, {@code Float64}, {@code Decimal} for up to 18 digits, {@code Int128} beyond.
 * Behind a decimal stands its scale; the precision and scale of the result come last. Where to look:
 *
 * <ul>
 *   <li>arithmetic: {@code Arithmetic}, {@code Decimals}, {@code Int128}; {@code Rounding}, {@code DecimalRounding};
 *       {@code MathFunctions}
 *   <li>casts among numbers: {@code Casts}, {@code DecimalCasts}, {@code rescale} in {@code Decimals} and {@code Int128}
 *   <li>casts from text: {@code NumberParser}, {@code DecimalParser}, {@code FloatParser}, {@code BooleanParser},
 *       {@code TimeParser}; {@code toX} throws, {@code tryX} answers false. To text: {@code NumberPrinter},
 *       {@code FloatPrinter}, {@code TimePrinter}
 *   <li>time: {@code Dates}, {@code Times}, {@code Timestamps}, {@code Zone}; units in {@code DateFields},
 *       {@code TimestampFields}, {@code DateRounding}, {@code TimestampRounding}, {@code TimestampDifference}; patterns in
 *       {@code DateFormat}, {@code TimestampPattern}
 *   <li>text: {@code Text}, which lists the others
 *   <li>keys: {@code Hashing}; bytes in the order of values: {@code OrderedBytes}
 * </ul>
 */
package io.leat.runtime.kernel;
