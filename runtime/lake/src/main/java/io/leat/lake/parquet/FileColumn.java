package io.leat.lake.parquet;

import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.SchemaElement;

/**
 * A column of a file, or a group of columns.
 *
 * @param path its name behind those of the groups that it is in
 * @param index of its pages in a row group; of a group, of its first column
 * @param levels how many of the path may be missing; a value is there where its definition level is this
 * @param repeated whether one of the path may come several times in a row
 * @param children of a group; empty for a column
 */
record FileColumn(
        List<String> path, SchemaElement element, int index, int levels, boolean repeated, List<FileColumn> children) {

    String name() {
        return String.join(".", path);
    }

    boolean isGroup() {
        return !element.isSetType();
    }

    /** The first column that stands in it. */
    FileColumn firstColumn() {
        return isGroup() ? children.get(0).firstColumn() : this;
    }

    ColumnDescriptor descriptor() {
        return new ColumnDescriptor(
                path.toArray(String[]::new), LibraryTypes.primitive(element), repeated ? 1 : 0, levels);
    }
}
