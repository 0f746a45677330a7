package io.leat.runtime.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Which part of the query each line of a generated source comes from.
 *
 * @param positions {@code line:column} by line, the first line first; empty for a line that comes from no part in particular
 */
public record LineMap(@JsonValue List<String> positions) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public LineMap {
        positions = List.copyOf(positions);
    }

    /** The place of a line, counted from 1, or of the nearest line before it that has one; empty if there is none. */
    public String position(int line) {
        for (int at = Math.min(line, positions.size()); at >= 1; at--) {
            if (!positions.get(at - 1).isEmpty()) {
                return positions.get(at - 1);
            }
        }
        return "";
    }
}
