package io.leat.runtime.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.leat.runtime.type.Physical;
import java.util.List;

/** A value that generated code refers to by number: user text never stands in generated source. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "constant")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Constant.Bytes.class, name = "bytes"),
    @JsonSubTypes.Type(value = Constant.NumberSet.class, name = "numbers"),
    @JsonSubTypes.Type(value = Constant.BytesSet.class, name = "bytes-set"),
    @JsonSubTypes.Type(value = Constant.TimeZone.class, name = "zone"),
})
public sealed interface Constant {

    /** Text in UTF-8, or bytes. */
    record Bytes(byte[] value) implements Constant {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && java.util.Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(value);
        }
    }

    /** The numbers of an IN list, in decimal; of decimals the unscaled values. */
    record NumberSet(Physical physical, List<String> values) implements Constant {
        public NumberSet {
            values = List.copyOf(values);
        }
    }

    /** A time zone, by the name that the Java library knows it by. */
    record TimeZone(String name) implements Constant {}

    /** The values of an IN list of texts or bytes. */
    record BytesSet(List<byte[]> values) implements Constant {
        public BytesSet {
            values = List.copyOf(values);
        }
    }
}
