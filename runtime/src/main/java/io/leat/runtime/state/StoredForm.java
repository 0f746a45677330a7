package io.leat.runtime.state;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.TableLayout.AccumulatorSlot;
import io.leat.runtime.state.TableLayout.ColumnSlot;

/**
 * Entries of a table as bytes without addresses, for a store: keys as NULL bits, fixed slots and length-prefixed bytes in the
 * order of the layout; values as they are, the bytes they point to apart.
 */
final class StoredForm {
    private final KeyTable table;
    private final TableLayout layout;

    StoredForm(KeyTable table) {
        this.table = table;
        this.layout = table.layout();
    }

    /** Appends the key of an entry, from its key slot {@code first} on. */
    void appendKey(long entry, int first, BytesResult out) {
        for (int i = first; i < layout.keys().size(); i++) {
            ColumnSlot slot = layout.keys().get(i);
            boolean isNull = isNull(entry, slot);
            out.append((byte) (isNull ? 1 : 0));
            if (isNull) {
                continue;
            }
            if (slot.isBytes()) {
                int length = Memory.getInt(entry + slot.offset() + 4);
                appendInt(out, length);
                out.append(table.arena().address(Memory.getInt(entry + slot.offset())), length);
            } else {
                out.append(entry + slot.offset(), slot.type().physical().width());
            }
        }
    }

    /** Writes a key that {@link #appendKey} made into an entry; returns the address behind it. */
    long writeKey(long entry, int first, long from) {
        long at = from;
        for (int i = first; i < layout.keys().size(); i++) {
            ColumnSlot slot = layout.keys().get(i);
            boolean isNull = Memory.getByte(at++) != 0;
            if (isNull) {
                long bits = entry + (slot.nullBit() >>> 3);
                Memory.putByte(bits, (byte) (Memory.getByte(bits) | 1 << (slot.nullBit() & 7)));
                continue;
            }
            if (slot.isBytes()) {
                int length = Memory.getInt(at);
                Memory.putInt(entry + slot.offset(), table.arena().add(at + 4, length));
                Memory.putInt(entry + slot.offset() + 4, length);
                at += 4L + length;
            } else {
                int width = slot.type().physical().width();
                Memory.copyShort(at, entry + slot.offset(), width);
                at += width;
            }
        }
        return at;
    }

    private static boolean isNull(long entry, ColumnSlot slot) {
        return slot.nullBit() >= 0
                && (Memory.getByte(entry + (slot.nullBit() >>> 3)) >>> (slot.nullBit() & 7) & 1) != 0;
    }

    long accumulators(long entry) {
        return entry + layout.accumulatorsOffset();
    }

    int accumulatorsWidth() {
        return layout.width() - layout.accumulatorsOffset();
    }

    /** Appends the bytes that the values of an entry point to. */
    void appendVariable(long entry, BytesResult out) {
        for (AccumulatorSlot slot : layout.accumulators()) {
            for (int offset : slot.bytesAt()) {
                int length = Memory.getInt(entry + offset + 4);
                appendInt(out, length);
                out.append(table.arena().address(Memory.getInt(entry + offset)), length);
            }
        }
    }

    /** Gives an entry, whose values are already copied, the bytes they point to. */
    void writeVariable(long entry, long from) {
        long at = from;
        for (AccumulatorSlot slot : layout.accumulators()) {
            for (int offset : slot.bytesAt()) {
                int length = Memory.getInt(at);
                Memory.putInt(entry + offset, table.arena().add(at + 4, length));
                at += 4L + length;
            }
        }
    }

    private static void appendInt(BytesResult out, int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.append((byte) (value >>> shift));
        }
    }
}
