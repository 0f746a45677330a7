package io.leat.compiler.explain;

/** Collects lines with their depth. */
final class Lines {
    private final StringBuilder text = new StringBuilder();

    Lines add(int depth, String line) {
        text.append("  ".repeat(depth)).append(line.stripTrailing()).append('\n');
        return this;
    }

    Lines blank() {
        text.append('\n');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
