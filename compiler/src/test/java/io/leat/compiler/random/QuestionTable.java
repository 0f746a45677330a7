package io.leat.compiler.random;

import io.leat.compiler.random.Scope.Item;
import java.util.List;

/** A table of whole numbers, texts and times in order. */
final class QuestionTable {
    private static final String COLUMNS = " (id INT, k INT, v INT, t STRING, ts TIMESTAMP(3))";

    private final String name;
    private final String text;

    QuestionTable(Choice choice, String name) {
        this.name = name;
        StringBuilder rows = new StringBuilder(choice.of(
                "table " + name + COLUMNS + "\n",
                "stream " + name + COLUMNS + "\n",
                "stream " + name + COLUMNS + "\n",
                "stream " + name + COLUMNS + " watermark none\n"));
        int id = 0;
        for (int partition = choice.between(1, 3); partition > 0; partition--) {
            int second = 0;
            for (int row = choice.oneIn(8) ? 0 : choice.between(2, 8); row > 0; row--) {
                second += choice.between(0, 3);
                rows.append(id++)
                        .append("  ")
                        .append(choice.of("1", "2", "3", "4", "NULL"))
                        .append("  ")
                        .append(choice.of("-2", "0", "1", "2", "3", "5", "NULL"))
                        .append("  ")
                        .append(choice.of("a", "b", "ab", "B", "\"\"", "NULL"))
                        .append("  00:00:")
                        .append(second < 10 ? "0" : "")
                        .append(second)
                        .append('\n');
            }
            rows.append(partition > 1 ? "--\n" : "");
        }
        this.text = rows.toString();
    }

    String name() {
        return name;
    }

    /** As it stands in a case. */
    String text() {
        return text;
    }

    Scope scope(String alias) {
        return new Scope(
                List.of(
                        new Item(alias + ".id", Kind.WHOLE),
                        new Item(alias + ".k", Kind.WHOLE),
                        new Item(alias + ".v", Kind.WHOLE),
                        new Item(alias + ".t", Kind.TEXT),
                        new Item(alias + ".ts", Kind.TIME)),
                List.of());
    }
}
