package io.leat.compiler.random;

import java.util.List;
import java.util.SplittableRandom;

/** Decisions that follow from a seed. Those of seeds next to each other have nothing in common. */
final class Choice {
    private final SplittableRandom random;

    Choice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** From {@code least} to {@code most}, both possible. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    @SafeVarargs
    final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }

    <T> T of(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
