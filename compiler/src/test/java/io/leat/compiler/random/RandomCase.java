package io.leat.compiler.random;

import java.util.Optional;

/** A case that follows from a seed, with empty sections for refused rows and without expected rows. */
public final class RandomCase {
    private RandomCase() {}

    /** The case as it would stand in a file. */
    public static String text(long seed) {
        Choice choice = new Choice(seed);
        RandomTable stream = RandomTable.stream(choice);
        Optional<RandomTable> lookup = choice.oneIn(2)
                ? Optional.of(RandomTable.lookup(choice, stream.columns().get(0).type()))
                : Optional.empty();
        StringBuilder text = new StringBuilder("# seed " + seed + "\n").append(stream.text());
        lookup.ifPresent(table -> text.append(table.text()));
        text.append("query\n");
        if (choice.oneIn(5)) {
            text.append("SET zone = '")
                    .append(choice.of("Europe/Berlin", "Asia/Kolkata", "America/New_York"))
                    .append("';\n");
        }
        int queries = choice.oneIn(4) ? 2 : 1;
        for (int i = 0; i < queries; i++) {
            text.append(i == 0 ? "" : ";\n").append(RandomQuery.text(choice, stream, lookup, i));
        }
        return text.append("\nlate s\nrejected s\n").toString();
    }
}
