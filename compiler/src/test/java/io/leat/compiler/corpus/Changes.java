package io.leat.compiler.corpus;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;

/** Rows of a changelog, the kind of each in its first column. */
public final class Changes {
    private Changes() {}

    /** What is left when all changes have happened, one after another; a row that goes must be there. */
    public static List<List<Object>> summedUp(List<List<Object>> changes) {
        List<List<Object>> rows = new ArrayList<>();
        for (List<Object> change : changes) {
            List<Object> row = change.subList(1, change.size());
            if (((String) change.get(0)).startsWith("+")) {
                rows.add(row);
            } else if (!rows.remove(row)) {
                fail("a row goes that never came: " + change);
            }
        }
        return rows;
    }
}
