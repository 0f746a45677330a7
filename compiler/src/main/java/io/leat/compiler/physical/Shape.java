package io.leat.compiler.physical;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * A way to do something that can be done in another way, too, with the same result. The planner takes it wherever it can, unless it is
 * switched off by name, as a rule of the optimizer is.
 */
public enum Shape {
    /** Rows are grouped before they move to the workers that keep their groups. */
    COMBINE_GROUPS("CombineGroups"),
    /** Of sessions that are grouped, the groups are kept instead of the rows. */
    GROUP_SESSIONS("GroupSessions"),
    /** Rows that are on the worker of their key already stay there. */
    REMOVE_EXCHANGES("RemoveExchanges"),
    /** Rows that only come are kept without what takes rows back. */
    SPECIALIZE_APPEND("SpecializeAppend"),
    /** Groups of windows are kept by slices of time, and rows are not expanded to their windows. */
    SLICE_WINDOWS("SliceWindows"),
    /** An order below a limit keeps no more rows than that shows. */
    LIMIT_SORT("LimitSort");

    private final String rule;

    Shape(String rule) {
        this.rule = rule;
    }

    /** Under which it is switched off. */
    public String rule() {
        return rule;
    }

    /** Those that are switched off by these names, among which there may be others. */
    public static Set<Shape> named(Collection<String> rules) {
        Set<Shape> named = EnumSet.noneOf(Shape.class);
        for (Shape shape : values()) {
            if (rules.contains(shape.rule)) {
                named.add(shape);
            }
        }
        return named;
    }
}
