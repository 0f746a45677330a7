package io.leat.compiler.codegen;

import io.leat.runtime.state.TableLayout;
import io.leat.runtime.state.TableLayout.ColumnSlot;
import java.util.ArrayList;
import java.util.List;

/** Writes the methods of a table that take a key apart: parameters, comparison with an entry, writing into an entry. */
final class KeyMethods {
    private final TableLayout layout;
    private final int first;

    /**
     * @param first the first key slot that is passed as a parameter; what comes before has its own
     */
    KeyMethods(TableLayout layout, int first) {
        this.layout = layout;
        this.first = first;
    }

    private List<ColumnSlot> slots() {
        return layout.keys().subList(first, layout.keys().size());
    }

    private static String name(int index) {
        return "key" + index;
    }

    /** {@code , long key0, int key1 …}: behind the hash. */
    String parameters() {
        StringBuilder parameters = new StringBuilder();
        for (int i = 0; i < slots().size(); i++) {
            ColumnSlot slot = slots().get(i);
            parameters.append(", ").append(Slots.parameters(slot.type(), slot.nullBit() >= 0, name(i)));
        }
        return parameters.toString();
    }

    /** The parameters by name, as arguments of another method that takes them. */
    String passedOn() {
        StringBuilder arguments = new StringBuilder();
        for (int i = 0; i < slots().size(); i++) {
            ColumnSlot slot = slots().get(i);
            Fragment value = Slots.parameter(slot.type(), slot.nullBit() >= 0, name(i));
            arguments.append(", ").append(Slots.arguments(value, slot.nullBit() >= 0));
        }
        return arguments.toString();
    }

    /** A condition: the key of the entry is the one in the parameters. */
    String matches(String entry) {
        List<String> tests = new ArrayList<>();
        for (int i = 0; i < slots().size(); i++) {
            ColumnSlot slot = slots().get(i);
            boolean nullable = slot.nullBit() >= 0;
            Fragment value = Slots.parameter(slot.type(), nullable, name(i));
            String equal = equal(slot, entry, value);
            tests.add(
                    nullable
                            ? "(" + Slots.nullTest(slot, entry) + ") == " + value.isNull() + " && (" + value.isNull()
                                    + " || " + equal + ")"
                            : equal);
        }
        return tests.isEmpty() ? "true" : String.join(" && ", tests);
    }

    private static String equal(ColumnSlot slot, String entry, Fragment value) {
        List<String> parts = Slots.read(slot, entry, "arena");
        return switch (slot.type().physical()) {
            case BYTES ->
                parts.get(1) + " == " + value.length() + " && Memory.equal(" + parts.get(0) + ", " + value.address()
                        + ", " + value.length() + ")";
            case INT128 -> parts.get(1) + " == " + value.low() + " && " + parts.get(0) + " == " + value.high();
            case BOOL -> "(" + parts.get(0) + ") == " + value.value();
            default -> parts.get(0) + " == " + value.value();
        };
    }

    /** Statements that write the parameters into an entry. */
    void write(String entry, Code.Block block) {
        for (int i = 0; i < slots().size(); i++) {
            ColumnSlot slot = slots().get(i);
            Slots.writeNullable(
                    slot, entry, "arena", Slots.parameter(slot.type(), slot.nullBit() >= 0, name(i)), block);
        }
    }

    /** The key of an entry as arguments; {@code arena} is the one of its table. */
    String readFrom(String entry, String arena) {
        StringBuilder arguments = new StringBuilder();
        for (ColumnSlot slot : slots()) {
            arguments.append(", ").append(String.join(", ", Slots.read(slot, entry, arena)));
            if (slot.nullBit() >= 0) {
                arguments.append(", ").append(Slots.nullTest(slot, entry));
            }
        }
        return arguments.toString();
    }
}
