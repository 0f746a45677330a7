package io.leat.compiler.random;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tables of a case.
 *
 * @param main where its queries begin
 * @param other another stream of the same keys and times
 * @param lookup a table of few rows
 */
record RandomTables(RandomTable main, Optional<RandomTable> other, Optional<RandomTable> lookup) {
    static RandomTables of(Choice choice) {
        RandomTable main = choice.oneIn(5) ? RandomTable.changelog(choice) : RandomTable.stream(choice);
        Optional<RandomTable> other = choice.oneIn(3) ? Optional.of(RandomTable.other(choice, main)) : Optional.empty();
        Optional<RandomTable> lookup =
                choice.oneIn(2) ? Optional.of(RandomTable.lookup(choice, main)) : Optional.empty();
        return new RandomTables(main, other, lookup);
    }

    Stream<RandomTable> all() {
        return Stream.of(Optional.of(main), other, lookup).flatMap(Optional::stream);
    }
}
