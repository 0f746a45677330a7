package io.leat.runtime.decode;

/** Why a record became no row. The name is the first word of the reason that a rejected row shows. */
public enum RejectReason {
    /** Not well-formed: a broken JSON text, a quote that never ends. */
    MALFORMED,
    /** A JSON text that is no object. */
    NOT_AN_OBJECT,
    /** A value of another type than its column. */
    TYPE_MISMATCH,
    /** A number, date or time that its column cannot hold. */
    OUT_OF_RANGE,
    /** A column that must have a value has none. */
    MISSING_VALUE,
    /** Bytes that are no UTF-8, or half of a surrogate pair. */
    BAD_UTF8,
    /** More objects inside each other than allowed. */
    TOO_DEEP,
    /** A record larger than allowed. */
    TOO_LARGE,
    /** A CSV record with more or fewer fields than columns. */
    FIELD_COUNT,
    /** A JSON member that no column has the name of, in a table that takes none. */
    UNKNOWN_FIELD,
    /** A JSON object with the name of a column twice, in a table that takes none. */
    DUPLICATE_KEY,
    /** A record of a changelog that does not say what happened, or to which row. */
    BAD_CHANGE
}
