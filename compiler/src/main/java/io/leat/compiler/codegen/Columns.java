package io.leat.compiler.codegen;

import java.util.List;

/** The columns that expressions speak of at some point of a pipeline. */
interface Columns {
    /** The value of a column, computed in this scope if it is not known yet. */
    Fragment column(int index, Scope scope);

    /** The value of a field of a row column: positions from the outermost row inwards. Reads no other field. */
    Fragment field(int index, List<Integer> path, Scope scope);
}
