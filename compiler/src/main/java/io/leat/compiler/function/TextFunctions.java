package io.leat.compiler.function;

import static io.leat.compiler.function.Parameter.BIGINT;
import static io.leat.compiler.function.Parameter.BINARY;
import static io.leat.compiler.function.Parameter.TEXT;

import io.leat.compiler.function.Overload.Resolved;
import io.leat.compiler.function.ScalarFunction.Kernel;
import io.leat.runtime.type.Type;
import java.util.List;

/** Functions of text and bytes. Positions and lengths count characters, that is code points. */
final class TextFunctions {
    private TextFunctions() {}

    static void addTo(FunctionTable table) {
        addMeasures(table);
        addParts(table);
        addChanges(table);
        addPatterns(table);
        addEncodings(table);
    }

    private static Resolved text(String owner, String method) {
        return Resolved.of(Kernel.of(owner, method), Type.VARCHAR);
    }

    private static Resolved number(String owner, String method) {
        return Resolved.of(Kernel.of(owner, method), Type.INT);
    }

    private static Resolved truth(String owner, String method) {
        return Resolved.of(Kernel.of(owner, method), Type.BOOLEAN);
    }

    private static void addMeasures(FunctionTable table) {
        table.add("CHAR_LENGTH", List.of(TEXT), number("Text", "charLength"));
        table.alias("CHARACTER_LENGTH", "CHAR_LENGTH");
        table.alias("LENGTH", "CHAR_LENGTH");
        table.add("OCTET_LENGTH", List.of(TEXT), Resolved.of(Kernel.of("Text", "byteLength"), Type.INT));
        table.add("OCTET_LENGTH", List.of(BINARY), Resolved.of(Kernel.of("Text", "byteLength"), Type.INT));
        table.add("ASCII", List.of(TEXT), number("Text", "ascii"));
        table.add("CHR", List.of(BIGINT), text("Text", "chr").failing());
        table.add(
                "POSITION", List.of(TEXT, TEXT), Resolved.of(Kernel.of("TextSearch", "position", "$1, $0"), Type.INT));
        table.add("STRPOS", List.of(TEXT, TEXT), number("TextSearch", "position"));
        table.alias("INSTR", "STRPOS");
        table.add("LOCATE", List.of(TEXT, TEXT), Resolved.of(Kernel.of("TextSearch", "position", "$1, $0"), Type.INT));
        table.add("LOCATE", List.of(TEXT, TEXT, BIGINT), number("TextSearch", "locate"));
        table.add("STARTS_WITH", List.of(TEXT, TEXT), truth("TextSearch", "startsWith"));
        table.alias("STARTSWITH", "STARTS_WITH");
        table.add("ENDS_WITH", List.of(TEXT, TEXT), truth("TextSearch", "endsWith"));
        table.alias("ENDSWITH", "ENDS_WITH");
        table.add("CONTAINS", List.of(TEXT, TEXT), truth("TextSearch", "contains"));
    }

    private static void addParts(FunctionTable table) {
        table.add("SUBSTRING", List.of(TEXT, BIGINT), text("TextParts", "substring"));
        table.add(
                "SUBSTRING",
                List.of(TEXT, BIGINT, BIGINT),
                text("TextParts", "substring").failing());
        table.alias("SUBSTR", "SUBSTRING");
        table.add("LEFT", List.of(TEXT, BIGINT), text("TextParts", "left"));
        table.add("RIGHT", List.of(TEXT, BIGINT), text("TextParts", "right"));
        table.add(
                "SPLIT_INDEX",
                List.of(TEXT, TEXT, BIGINT),
                text("TextParts", "splitIndex").yieldingNull());
        table.add(
                "SPLIT_PART",
                List.of(TEXT, TEXT, BIGINT),
                text("TextParts", "splitPart").failing());
        for (String end : List.of("B:trim", "L:trimStart", "R:trimEnd")) {
            String name = end.charAt(0) + "TRIM";
            String method = end.substring(2);
            table.add(name, List.of(TEXT), text("TextTrim", method));
            table.add(name, List.of(TEXT, TEXT), text("TextTrim", method));
        }
        table.alias("TRIM", "BTRIM");
    }

    private static void addChanges(FunctionTable table) {
        table.add("UPPER", List.of(TEXT), text("TextCase", "upper"));
        table.alias("UCASE", "UPPER");
        table.add("LOWER", List.of(TEXT), text("TextCase", "lower"));
        table.alias("LCASE", "LOWER");
        table.add("INITCAP", List.of(TEXT), text("TextCase", "initcap"));
        table.add(
                "REPLACE",
                List.of(TEXT, TEXT, TEXT),
                text("TextEdit", "replace").failing());
        table.add("REVERSE", List.of(TEXT), text("TextEdit", "reverse"));
        table.add("REPEAT", List.of(TEXT, BIGINT), text("TextEdit", "repeat").failing());
        for (String pad : List.of("LPAD:padStart", "RPAD:padEnd")) {
            String name = pad.substring(0, 4);
            String method = pad.substring(5);
            table.add(
                    name, List.of(TEXT, BIGINT, TEXT), text("TextEdit", method).failing());
        }
        table.add("TRANSLATE", List.of(TEXT, TEXT, TEXT), text("TextEdit", "translate"));
        table.add(
                "OVERLAY",
                List.of(TEXT, TEXT, BIGINT),
                text("TextEdit", "overlay").failing());
        table.add(
                "OVERLAY",
                List.of(TEXT, TEXT, BIGINT, BIGINT),
                text("TextEdit", "overlay").failing());
    }

    private static void addPatterns(FunctionTable table) {
        Kernel contains = Kernel.owned("RegexMatcher", "contains", "");
        table.add(
                "REGEXP_LIKE",
                List.of(TEXT, TEXT),
                Resolved.of(contains, Type.BOOLEAN).failing());
        table.alias("REGEXP", "REGEXP_LIKE");
        table.alias("REGEXP_MATCHES", "REGEXP_LIKE");
        Kernel extractAll = Kernel.owned("RegexMatcher", "extract", "$0, $1, 0L");
        table.add(
                "REGEXP_EXTRACT",
                List.of(TEXT, TEXT),
                Resolved.of(extractAll, Type.VARCHAR).failing().yieldingNull());
        Kernel extract = Kernel.owned("RegexMatcher", "extract", "");
        table.add(
                "REGEXP_EXTRACT",
                List.of(TEXT, TEXT, BIGINT),
                Resolved.of(extract, Type.VARCHAR).failing().yieldingNull());
        Kernel replace = Kernel.owned("RegexMatcher", "replace", "");
        table.add(
                "REGEXP_REPLACE",
                List.of(TEXT, TEXT, TEXT),
                Resolved.of(replace, Type.VARCHAR).failing());
    }

    private static void addEncodings(FunctionTable table) {
        for (Parameter bytes : List.of(TEXT, BINARY)) {
            table.add("TO_BASE64", List.of(bytes), text("Encodings", "toBase64").failing());
            table.add("HEX", List.of(bytes), text("Encodings", "toHex").failing());
            table.add("MD5", List.of(bytes), Resolved.of(Kernel.owned("Digest", "md5", ""), Type.VARCHAR));
            table.add("SHA1", List.of(bytes), Resolved.of(Kernel.owned("Digest", "sha1", ""), Type.VARCHAR));
            table.add("SHA256", List.of(bytes), Resolved.of(Kernel.owned("Digest", "sha256", ""), Type.VARCHAR));
        }
        table.add("HEX", List.of(BIGINT), text("Encodings", "toHex"));
        table.add(
                "FROM_BASE64",
                List.of(TEXT),
                Resolved.of(Kernel.of("Encodings", "fromBase64"), Type.VARBINARY)
                        .failing());
        table.add(
                "UNHEX",
                List.of(TEXT),
                Resolved.of(Kernel.of("Encodings", "fromHex"), Type.VARBINARY).failing());
    }
}
