package io.leat.lake.parquet;

import io.leat.runtime.batch.Column;
import io.leat.runtime.decode.RecordDecoder;
import io.leat.runtime.decode.RejectReason;
import io.leat.runtime.kernel.Utf8;
import io.leat.runtime.memory.Memory;

/** Texts and bytes as they are. A text must be UTF-8, and no longer than its column allows. */
final class BytesDecoder implements ValueDecoder {
    private final boolean text;
    private final int maxCharacters;
    private final RowRefusals refusals;

    private BytesDecoder(boolean text, int maxCharacters, RowRefusals refusals) {
        this.text = text;
        this.maxCharacters = maxCharacters;
        this.refusals = refusals;
    }

    static BytesDecoder bytes(RowRefusals refusals) {
        return new BytesDecoder(false, Integer.MAX_VALUE, refusals);
    }

    static BytesDecoder text(int maxCharacters, RowRefusals refusals) {
        return new BytesDecoder(true, maxCharacters, refusals);
    }

    @Override
    public boolean takesBytes() {
        return true;
    }

    @Override
    public void decode(PageValues values, Column into, int row, int count) {
        ByteValues bytes = values.bytes();
        for (int i = row; i < row + count; i++) {
            bytes.next();
            if (bytes.length > RecordDecoder.MAX_RECORD_BYTES) {
                refusals.add(into, i, RejectReason.TOO_LARGE);
                continue;
            }
            long at = into.reserveBytes(i, bytes.length);
            Memory.copy(bytes.array, bytes.offset, at, bytes.length);
            if (!text) {
                into.finishBytes(i, bytes.length);
            } else if (!Utf8.isValid(at, bytes.length)) {
                refusals.add(into, i, RejectReason.BAD_UTF8);
            } else if (bytes.length > maxCharacters && Utf8.count(at, bytes.length) > maxCharacters) {
                refusals.add(into, i, RejectReason.OUT_OF_RANGE);
            } else {
                into.finishBytes(i, bytes.length);
            }
        }
    }
}
