package io.leat.compiler.random;

/** A case that follows from a seed, with empty sections for refused rows and without expected rows. */
public final class RandomCase {
    private RandomCase() {}

    /** The case as it would stand in a file. */
    public static String text(long seed) {
        Choice choice = new Choice(seed);
        String head = "# seed " + seed + "\n";
        return head + (choice.oneIn(3) ? RandomQuestion.text(choice) : piped(choice));
    }

    private static String piped(Choice choice) {
        RandomTables tables = RandomTables.of(choice);
        StringBuilder text = new StringBuilder();
        tables.all().forEach(table -> text.append(table.text()));
        text.append("query\n");
        if (choice.oneIn(5)) {
            text.append("SET zone = '")
                    .append(choice.of("Europe/Berlin", "Asia/Kolkata", "America/New_York"))
                    .append("';\n");
        }
        int queries = choice.oneIn(4) ? 2 : 1;
        for (int i = 0; i < queries; i++) {
            text.append(i == 0 ? "" : ";\n").append(RandomQuery.text(choice, tables, i));
        }
        text.append('\n');
        tables.all()
                .filter(RandomTable::judgesLateness)
                .forEach(table -> text.append("late ").append(table.name()).append('\n'));
        return text.append("rejected s\n").toString();
    }
}
