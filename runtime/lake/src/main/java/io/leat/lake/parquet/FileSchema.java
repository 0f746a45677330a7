package io.leat.lake.parquet;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.format.ColumnarInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/** The columns of a file, as its footer lists them: groups before what they hold. */
final class FileSchema {
    /** Deeper than any file that somebody means. */
    private static final int MAX_DEPTH = 64;

    private static final int SHOWN_NAMES = 20;

    private final ColumnarInput input;
    private final List<SchemaElement> elements;
    private final FileColumn root;
    private int next;
    private int columns;

    FileSchema(ColumnarInput input, List<SchemaElement> elements) {
        this.input = input;
        this.elements = elements;
        this.root = read(List.of(), 0, false);
        if (next != elements.size()) {
            throw FileFooter.damaged(
                    input,
                    "has a footer that lists " + elements.size() + " columns and groups, of which " + next
                            + " hang together");
        }
    }

    private FileColumn read(List<String> path, int levels, boolean repeated) {
        if (next >= elements.size() || path.size() > MAX_DEPTH) {
            throw FileFooter.damaged(input, "has a footer whose columns and groups do not hang together");
        }
        SchemaElement element = elements.get(next++);
        int first = columns;
        if (element.isSetType()) {
            columns++;
            return new FileColumn(path, element, first, levels, repeated, List.of());
        }
        List<FileColumn> children = new ArrayList<>();
        for (int i = 0; i < element.getNum_children(); i++) {
            if (next >= elements.size()) {
                throw FileFooter.damaged(input, "has a footer whose columns and groups do not hang together");
            }
            SchemaElement child = elements.get(next);
            FieldRepetitionType repetition = child.getRepetition_type();
            List<String> childPath = new ArrayList<>(path);
            childPath.add(child.getName());
            children.add(read(
                    childPath,
                    repetition == FieldRepetitionType.REQUIRED ? levels : levels + 1,
                    repeated || repetition == FieldRepetitionType.REPEATED));
        }
        if (children.isEmpty() && !path.isEmpty()) {
            throw FileFooter.damaged(input, "has a group " + String.join(".", path) + " without columns");
        }
        return new FileColumn(path, element, first, levels, repeated, children);
    }

    /** The group of all columns. */
    FileColumn root() {
        return root;
    }

    int columns() {
        return columns;
    }

    FileColumn column(String name) {
        return column(root, name);
    }

    /** A column by its name as it is written, or by the only one that differs in capital letters alone. */
    FileColumn column(FileColumn in, String name) {
        List<FileColumn> near = new ArrayList<>();
        for (FileColumn child : in.children()) {
            String found = child.element().getName();
            if (found.equals(name)) {
                return child;
            }
            if (found.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                near.add(child);
            }
        }
        if (near.size() == 1) {
            return near.get(0);
        }
        String where = in.path().isEmpty() ? "" : " in " + in.name();
        String names = in.children().stream()
                .limit(SHOWN_NAMES)
                .map(child -> child.element().getName())
                .collect(Collectors.joining(", "));
        throw new ConnectorException(
                Kind.CONFIGURATION,
                "'" + input.name() + "' has no column '" + name + "'" + where + ": there are " + names
                        + (in.children().size() > SHOWN_NAMES ? ", …" : ""));
    }
}
