package io.leat.compiler.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What the rows of a JSON file are, by Jackson and the classes of the JDK. Takes the text forms of time that a random document has,
 * not all that there are.
 */
final class JsonOracle {
    private static final int MAX_DEPTH = 256;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final List<JsonColumn> columns;

    JsonOracle(List<JsonColumn> columns) {
        this.columns = columns;
    }

    /** No row, for a reason of which only the text is looked at. */
    private static final class Rejected extends Exception {
        private static final long serialVersionUID = 1L;

        Rejected(String why) {
            super(why);
        }
    }

    /** Rows as {@link DecoderRun} writes them; a rejected line is {@code !}. */
    List<String> lines(byte[] file) {
        List<String> rows = new ArrayList<>();
        int from =
                file.length >= 3 && file[0] == (byte) 0xEF && file[1] == (byte) 0xBB && file[2] == (byte) 0xBF ? 3 : 0;
        while (from < file.length) {
            int to = from;
            while (to < file.length && file[to] != '\n') {
                to++;
            }
            byte[] line = Arrays.copyOfRange(file, from, to);
            if (!isBlank(line)) {
                rows.add(row(line));
            }
            from = to + 1;
        }
        return rows;
    }

    private static boolean isBlank(byte[] line) {
        for (byte c : line) {
            if (c != ' ' && c != '\t' && c != '\r') {
                return false;
            }
        }
        return true;
    }

    String row(byte[] line) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            if (text.startsWith("\uFEFF")) {
                throw new Rejected("a mark that is no part of a line");
            }
            try (JsonParser parser = FACTORY.createParser(text)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new Rejected("no object");
                }
                Object[] values = object(parser, columns, 1);
                if (parser.nextToken() != null) {
                    throw new Rejected("something behind it");
                }
                return text(values, columns);
            }
        } catch (CharacterCodingException e) {
            return "!";
        } catch (IOException | Rejected e) {
            return "!";
        }
    }

    private static Object[] object(JsonParser parser, List<JsonColumn> columns, int depth)
            throws IOException, Rejected {
        Object[] values = new Object[columns.size()];
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = checked(parser.currentName());
            JsonToken token = parser.nextToken();
            int index = -1;
            for (int i = 0; i < columns.size(); i++) {
                index = columns.get(i).name().equals(name) ? i : index;
            }
            if (index < 0) {
                skip(parser, token, depth);
            } else {
                values[index] = value(parser, token, columns.get(index), depth);
            }
        }
        return values;
    }

    private static String checked(String text) throws Rejected {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isSurrogate(c) && !pair) {
                throw new Rejected("half a character");
            }
            i += pair ? 1 : 0;
        }
        return text;
    }

    private static void skip(JsonParser parser, JsonToken first, int depth) throws IOException, Rejected {
        int level = depth;
        JsonToken token = first;
        while (true) {
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    level++;
                    if (level > MAX_DEPTH) {
                        throw new Rejected("too deep");
                    }
                }
                case END_OBJECT, END_ARRAY -> level--;
                case FIELD_NAME -> checked(parser.currentName());
                case VALUE_STRING -> checked(parser.getText());
                default -> parser.getText();
            }
            if (level == depth) {
                return;
            }
            token = parser.nextToken();
        }
    }

    private static Object value(JsonParser parser, JsonToken token, JsonColumn column, int depth)
            throws IOException, Rejected {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        boolean number = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
        return switch (column.kind()) {
            case BOOLEAN -> when(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, parser.getText());
            case TINYINT -> integer(parser, token, 8);
            case SMALLINT -> integer(parser, token, 16);
            case INT -> integer(parser, token, 32);
            case BIGINT -> integer(parser, token, 64);
            case REAL -> {
                float value = Float.parseFloat(when(number, parser.getText()));
                // There is no negative zero.
                yield when(Float.isFinite(value), value + 0.0F);
            }
            case DOUBLE -> {
                double value = Double.parseDouble(when(number, parser.getText()));
                yield when(Double.isFinite(value), value + 0.0);
            }
            case DECIMAL -> decimal(when(number, parser.getText()), column);
            case STRING -> '\'' + string(parser, token) + '\'';
            case VARCHAR -> {
                String text = string(parser, token);
                yield when(text.codePointCount(0, text.length()) <= column.size(), '\'' + text + '\'');
            }
            case VARBINARY -> binary(string(parser, token));
            case DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ -> time(string(parser, token), column.kind());
            case ROW -> {
                when(token == JsonToken.START_OBJECT, "");
                yield text(object(parser, column.fields(), depth + 1), column.fields());
            }
        };
    }

    private static <T> T when(boolean right, T value) throws Rejected {
        if (!right) {
            throw new Rejected("another type");
        }
        return value;
    }

    private static Object integer(JsonParser parser, JsonToken token, int bits) throws IOException, Rejected {
        when(token == JsonToken.VALUE_NUMBER_INT, "");
        BigInteger value = new BigInteger(parser.getText());
        return when(value.bitLength() < bits, value);
    }

    private static String decimal(String text, JsonColumn column) throws Rejected {
        try {
            BigDecimal value = new BigDecimal(text);
            if (value.signum() == 0) {
                return BigDecimal.ZERO.setScale(column.scale()).toPlainString();
            }
            when(value.precision() - (long) value.scale() <= column.size() - column.scale(), "");
            BigDecimal stripped = value.stripTrailingZeros();
            when(stripped.scale() <= column.scale(), "");
            return stripped.setScale(column.scale()).toPlainString();
        } catch (NumberFormatException e) {
            // An exponent beyond what Java can write down.
            when(text.replaceAll("[eE].*", "").matches("[-0.]*"), "");
            return BigDecimal.ZERO.setScale(column.scale()).toPlainString();
        }
    }

    private static String string(JsonParser parser, JsonToken token) throws IOException, Rejected {
        when(token == JsonToken.VALUE_STRING, "");
        return checked(parser.getText());
    }

    private static String binary(String text) throws Rejected {
        try {
            return HexFormat.of().formatHex(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new Rejected("no base 64");
        }
    }

    private static Object time(String text, JsonColumn.Kind kind) throws Rejected {
        try {
            return switch (kind) {
                case DATE -> LocalDate.parse(text).toEpochDay();
                case TIME -> LocalTime.parse(text).toNanoOfDay() / 1_000;
                case TIMESTAMP ->
                    micros(LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC));
                default -> micros(Instant.parse(text).truncatedTo(ChronoUnit.MILLIS));
            };
        } catch (DateTimeException e) {
            throw new Rejected("no time");
        }
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    private static String text(Object[] values, List<JsonColumn> columns) throws Rejected {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && columns.get(i).required()) {
                throw new Rejected("no value");
            }
            text.append(i == 0 ? "" : ", ").append(values[i] == null ? "NULL" : values[i].toString());
        }
        return text.append('}').toString();
    }
}
