package io.leat.grammar.tree;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names have to be quoted where. The grammar decides; a test compares. */
final class Words {
    /** Name nothing, anywhere. */
    private static final Set<String> RESERVED = words("""
            SELECT FROM WHERE GROUP HAVING ORDER LIMIT UNION INTERSECT EXCEPT JOIN ON USING AS CREATE INSERT WITH DISTINCT ALL
            AND OR NOT IN IS BETWEEN LIKE CASE WHEN THEN ELSE END CAST NULL TRUE FALSE
            """);

    /** Have a call syntax of their own, so that they name no other function. */
    private static final Set<String> CALLS = words("""
            TABLE VALUES EXISTS DESCRIPTOR TRY_CAST SAFE_CAST EXTRACT TRIM SUBSTRING POSITION FLOOR CEIL CEILING ROW
            """);

    /** Begin or continue a type, so that they name no other. */
    private static final Set<String> TYPES = words("""
            EMIT LATE REJECT WINDOW FOR OFFSET FETCH INNER LEFT RIGHT FULL OUTER CROSS NATURAL SEMI ANTI ASOF ILIKE AT ARRAY PRECISION
            VARYING OVER QUALIFY WAIT TIME TIMESTAMP TIMESTAMP_LTZ TIMESTAMPTZ INTERVAL MAP STRUCT
            """);

    /** Are functions without parentheses, so that they name no column. */
    private static final Set<String> COLUMNS =
            words("CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP");

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{Nl}_$\\p{Mn}\\p{Mc}\\p{Nd}]*");

    private Words() {}

    /** A name of anything but what the other methods are for. */
    static boolean isName(String text) {
        return PLAIN.matcher(text).matches() && !RESERVED.contains(upper(text));
    }

    static boolean isColumn(String text) {
        return isName(text) && !COLUMNS.contains(upper(text));
    }

    static boolean isFunction(String text) {
        return isName(text) && !CALLS.contains(upper(text));
    }

    static boolean isType(String text) {
        return isFunction(text) && !TYPES.contains(upper(text));
    }

    private static Set<String> words(String words) {
        return Set.of(words.strip().split("\\s+"));
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
