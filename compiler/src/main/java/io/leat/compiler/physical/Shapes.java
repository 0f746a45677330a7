package io.leat.compiler.physical;

import java.util.EnumSet;
import java.util.Set;

/** Which shapes a plan may have, and which it has. */
final class Shapes {
    private final Set<Shape> disabled;
    private final Set<Shape> chosen = EnumSet.noneOf(Shape.class);

    Shapes(Set<Shape> disabled) {
        this.disabled = Set.copyOf(disabled);
    }

    boolean allows(Shape shape) {
        return !disabled.contains(shape);
    }

    /** To be asked where a shape would do: whether it is taken. Notes that it is. */
    boolean choose(Shape shape) {
        if (allows(shape)) {
            chosen.add(shape);
        }
        return allows(shape);
    }

    /** Those that were taken. */
    Set<Shape> chosen() {
        return Set.copyOf(chosen);
    }
}
