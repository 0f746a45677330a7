package io.leat.runtime.window;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** When the groups of an aggregate are complete, and by what piece of time they are kept until then. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "closing")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Closing.AtEnd.class, name = "at-end"),
    @JsonSubTypes.Type(value = Closing.BySlice.class, name = "by-slice"),
    @JsonSubTypes.Type(value = Closing.ByEnd.class, name = "by-end"),
})
public sealed interface Closing {

    /** With the input: groups over all rows. */
    record AtEnd() implements Closing {}

    /** With their window. Rows are kept by slice of time, and a window combines its slices. */
    record BySlice(Windowing windowing) implements Closing {}

    /** With their window. Rows carry the bounds of their window, and are kept by its end. */
    record ByEnd() implements Closing {}
}
