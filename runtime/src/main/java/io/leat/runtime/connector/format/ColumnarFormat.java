package io.leat.runtime.connector.format;

import io.leat.runtime.connector.FoundColumns;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A format of whole files that hold their rows by column, such as Parquet. Found by {@code ServiceLoader}, since what reads and writes one is heavy
 * and comes in a module of its own; stateless, safe from any thread.
 */
public interface ColumnarFormat {

    /** The value of the {@code 'format'} option. */
    String name();

    /** Why a column of this type is neither read nor written; empty if it is both. */
    Optional<String> refusal(Type type);

    /** How rows are written. */
    RowFormat writing();

    /**
     * Opens a file to read these columns of it, found by name, and no others.
     *
     * @param input stays open when the file is closed
     * @throws io.leat.runtime.connector.ConnectorException if it is no such file, is damaged, or has a column of another type
     */
    ColumnarFile open(ColumnarInput input, Schema schema) throws IOException;

    /**
     * The columns of a file, as it lists them.
     *
     * @throws io.leat.runtime.connector.ConnectorException if it is no such file, or is damaged
     */
    FoundColumns columns(ColumnarInput input) throws IOException;

    /** The format of this name, if the class path has it. */
    static Optional<ColumnarFormat> find(String name) {
        return installed().stream().filter(format -> format.name().equals(name)).findFirst();
    }

    /** Names of the formats on the class path. */
    static List<String> names() {
        return installed().stream().map(ColumnarFormat::name).sorted().toList();
    }

    private static List<ColumnarFormat> installed() {
        return ServiceLoader.load(ColumnarFormat.class, ColumnarFormat.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
