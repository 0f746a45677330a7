package io.leat.grammar.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Chance with a seed. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean flip() {
        return random.nextBoolean();
    }

    @SafeVarargs
    final <T> T pick(T... choices) {
        return choices[below(choices.length)];
    }

    <T> Optional<T> maybe(Supplier<T> some) {
        return flip() ? Optional.of(some.get()) : Optional.empty();
    }

    <T> List<T> many(int least, int most, Supplier<T> one) {
        List<T> many = new ArrayList<>();
        for (int count = least + below(most - least + 1); count > 0; count--) {
            many.add(one.get());
        }
        return many;
    }

    /** Among others the signs that mean something outside a text. */
    String text() {
        String text = "";
        for (int length = below(5); length > 0; length--) {
            text += pick(
                    "a", "B", "'", "''", "\"", "`", "--", "/*", "*/", ";", "\n", "\r\n", "\t", "\0", "ü", "温", "𝒳",
                    "\\", " ", "${x}");
        }
        return text;
    }
}
