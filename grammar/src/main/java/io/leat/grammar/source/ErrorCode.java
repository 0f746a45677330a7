package io.leat.grammar.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What can be wrong with a query. A code is stable: it is never reused for something else.
 *
 * <p>E01 syntax and limits · E02 names · E03 types · E04 not supported · E05 windows and time · E06 connectors and options. A
 * code that begins with W is a warning. Every code has a page of explanation, the resource {@code explain/<code>.txt}, with an
 * example that fails and one that works.
 */
public enum ErrorCode {
    UNEXPECTED_TOKEN("E0101", "the text does not continue as a statement can"),
    FOREIGN_SPELLING("E0102", "a spelling of another SQL dialect"),
    UNTERMINATED_TOKEN("E0103", "a text, a quoted name or a comment has no end"),
    MALFORMED_TOKEN("E0104", "a character or literal that means nothing"),
    MISPLACED_CLAUSE("E0105", "a clause stands twice, or where it means nothing"),
    TEXT_TOO_LONG("E0106", "the query text is too long"),
    NESTED_TOO_DEEPLY("E0107", "the query is nested too deeply"),

    UNKNOWN_TABLE("E0201", "there is no table or view of this name"),
    DUPLICATE_TABLE("E0202", "a name is declared twice"),
    UNKNOWN_COLUMN("E0203", "there is no column of this name"),
    AMBIGUOUS_COLUMN("E0204", "several columns have this name"),
    UNKNOWN_FUNCTION("E0205", "there is no function of this name"),
    DUPLICATE_COLUMN("E0206", "two columns of a table have one name"),
    UNKNOWN_FIELD("E0207", "a row has no field of this name"),
    UNKNOWN_PARAMETER("E0208", "a parameter has no value"),
    NOT_GROUPED("E0209", "a column is neither grouped nor aggregated"),
    MISPLACED_AGGREGATE("E0210", "an aggregate stands where there are no groups"),
    COLUMN_COUNT("E0211", "two lists that belong together differ in length"),
    MISPLACED_WINDOW_FUNCTION("E0212", "a window function stands where it means nothing"),
    BAD_FRAME("E0213", "the rows that a window function looks at make no sense"),

    TYPE_MISMATCH("E0301", "a value has another type than is needed here"),
    NO_OVERLOAD("E0302", "a function does not take these arguments"),
    INVALID_CAST("E0303", "there is no cast between these types"),
    BAD_LITERAL("E0304", "a literal is no value of its type"),
    UNKNOWN_TYPE("E0305", "there is no type of this name"),
    NOT_ASSIGNABLE("E0306", "a value does not fit the column it is written to"),

    NOT_SUPPORTED("E0401", "something that Leat does not do yet"),
    NEVER_ENDS("E0402", "a result that needs all rows of a source that never ends"),
    UPDATING_RESULT("E0403", "a sink that takes new rows only cannot take changes"),
    TOO_LARGE("E0404", "a part of the query is too large"),

    NO_WATERMARK("E0501", "a window over a stream without watermark"),
    NO_TIME_COLUMN("E0502", "a window over a column that is not the event time"),
    BAD_WINDOW("E0503", "a window that makes no sense"),
    BAD_WATERMARK("E0504", "a watermark that makes no sense"),

    UNKNOWN_CONNECTOR("E0601", "there is no connector of this name"),
    BAD_OPTION("E0602", "an option of a table is unknown, missing or makes no sense"),
    WRONG_DIRECTION("E0603", "a table that cannot be read, or cannot be written"),
    READ_TWICE("E0604", "a source that can be read once is read twice"),
    BAD_SETTING("E0605", "a SET that is unknown or makes no sense"),
    NO_COLUMNS("E0606", "columns that no file shows"),
    NO_FILE("E0607", "a file that is not there and would show columns"),

    UNBOUNDED_STATE("W1001", "an operator keeps rows that nothing frees"),
    SETTING_WITHOUT_EFFECT("W1002", "a setting of another engine that changes nothing here"),
    VALUES_DIFFER("W1003", "a field of files whose values have no type in common");

    private final String code;
    private final String title;

    ErrorCode(String code, String title) {
        this.code = code;
        this.title = title;
    }

    /** {@code E0101}. */
    public String code() {
        return code;
    }

    /** What it means, in a few words without a full stop. */
    public String title() {
        return title;
    }

    public Diagnostic.Severity severity() {
        return code.charAt(0) == 'W' ? Diagnostic.Severity.WARNING : Diagnostic.Severity.ERROR;
    }

    /**
     * The page for this code: plain English, then an example after a line {@code fails:}, one after {@code works:}, and other codes
     * after {@code related:}.
     */
    public String explanation() {
        String page = "explain/" + code + ".txt";
        try (InputStream in = ErrorCode.class.getResourceAsStream(page)) {
            if (in == null) {
                throw new IllegalStateException("no page " + page);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The code with this text, in any case of letters. */
    public static Optional<ErrorCode> of(String text) {
        return Arrays.stream(values())
                .filter(code -> code.code.equalsIgnoreCase(text.strip()))
                .findFirst();
    }
}
