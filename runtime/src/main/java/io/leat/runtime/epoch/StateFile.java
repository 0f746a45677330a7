package io.leat.runtime.epoch;

/**
 * A file of state, as what refers to it knows it.
 *
 * @param name from the state directory on: {@code BASE/7-2} has all that was there at the end of epoch 7 in generation 2, {@code
 *     DELTA/8-2} what is different then from the file before it
 * @param hash SHA-256 of its bytes
 */
public record StateFile(String name, long bytes, String hash) {
    private static final String SEPARATOR = " ";

    String toText() {
        return name + SEPARATOR + bytes + SEPARATOR + hash;
    }

    static StateFile of(String text) {
        String[] fields = text.split(SEPARATOR, -1);
        return new StateFile(fields[0], Long.parseLong(fields[1]), fields[2]);
    }
}
