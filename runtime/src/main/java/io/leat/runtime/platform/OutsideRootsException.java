package io.leat.runtime.platform;

import java.nio.file.Path;

/** A query would use a file that it must not. The message is one plain sentence. */
public final class OutsideRootsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutsideRootsException(Path path) {
        super("'" + path + "' is outside of the directories that queries may use");
    }
}
