package io.leat.compiler.simulation;

import java.nio.file.Path;

/** Where things are on the disk of a world. */
record Places(Path root) {
    Path state() {
        return root.resolve("state");
    }

    Path decisions() {
        return state().resolve("DEC");
    }

    Path input(String table) {
        return root.resolve("in").resolve(table);
    }

    Path output(String table) {
        return root.resolve("out").resolve(table);
    }

    /** Whether a path is that of the room of a start. */
    boolean isRoom(Path path) {
        return state().resolve("GEN").equals(path.getParent());
    }

    /** Whether a path is that of what an attempt prepares. */
    boolean isPreparation(Path path) {
        return path.getParent() != null && isRoom(path.getParent());
    }

    boolean isStaged(Path path) {
        return path.startsWith(root.resolve("out")) && path.toString().contains("_staging");
    }

    boolean isSlot(Path path) {
        return decisions().equals(path.getParent());
    }

    Path decision(long epoch) {
        return decisions().resolve(Long.toString(epoch));
    }

    /** The slot of the epoch that a preparation is for. */
    Path slot(Path preparation) {
        return decisions().resolve(preparation.getFileName());
    }

    static long number(Path path) {
        return Long.parseLong(path.getFileName().toString());
    }

    /** Which attempt made a preparation: the generation that its room belongs to, or did. */
    static String attempt(Path preparation) {
        return preparation.getParent().getFileName().toString().replace(".fenced", "");
    }
}
