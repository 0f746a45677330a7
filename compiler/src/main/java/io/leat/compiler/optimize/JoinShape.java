package io.leat.compiler.optimize;

/** How several relations are joined, two at a time. Relations are numbered, and sets of them are bits. */
sealed interface JoinShape {
    /** The relations that are joined. */
    long set();

    /** The relation whose rows look the others up, one after another. */
    int probe();

    /** One relation. */
    record One(int relation) implements JoinShape {
        @Override
        public long set() {
            return 1L << relation;
        }

        @Override
        public int probe() {
            return relation;
        }
    }

    /**
     * Two shapes joined.
     *
     * @param rows whose rows look for partners
     * @param table what is read before, and looked into
     */
    record Two(JoinShape rows, JoinShape table) implements JoinShape {
        @Override
        public long set() {
            return rows.set() | table.set();
        }

        @Override
        public int probe() {
            return rows.probe();
        }
    }
}
