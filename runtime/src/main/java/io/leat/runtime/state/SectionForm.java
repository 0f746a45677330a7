package io.leat.runtime.state;

/**
 * What the entries of a section are, as a number that stands in files: it says how sections of one place are merged without asking the
 * operator that wrote them.
 */
public final class SectionForm {
    /** Known to its operator alone. What comes later takes the place of all of it. */
    public static final int OWN = 0;
    /** What became of the entries of a keyed state, one after another ({@link KeyedSections}). */
    public static final int KEYED = 1;

    private static final int GROUPS = 2;

    private SectionForm() {}

    /** Groups of aggregates with so many sets each. */
    static int groups(int sets) {
        return GROUPS + sets;
    }

    static boolean isGroups(int form) {
        return form >= GROUPS;
    }

    static int sets(int form) {
        return form - GROUPS;
    }
}
