package io.leat.runtime.decode;

import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.memory.Memory;
import org.apache.arrow.memory.BufferAllocator;

/** Reads a JSON string: a view of its bytes where they stand for themselves, otherwise a copy with escapes replaced. */
final class JsonText implements AutoCloseable {
    private final BytesResult result;

    JsonText(BufferAllocator allocator) {
        this.result = new BytesResult(allocator);
    }

    long address() {
        return result.address();
    }

    int length() {
        return result.length();
    }

    /** Reads the string whose first byte is at {@code from}; answers with its closing quote, or a code of {@link JsonScanner}. */
    long read(long from) {
        long end = JsonScanner.checkedStringEnd(from);
        if (end < 0) {
            return end;
        }
        long at = from;
        while (at < end && Memory.getByte(at) != '\\') {
            at++;
        }
        if (at == end) {
            result.view(from, (int) (end - from));
            return end;
        }
        result.clear();
        long plain = from;
        while (at < end) {
            if (Memory.getByte(at) != '\\') {
                at++;
                continue;
            }
            result.append(plain, (int) (at - plain));
            at = unescape(at);
            plain = at;
        }
        result.append(plain, (int) (end - plain));
        return end;
    }

    private long unescape(long backslash) {
        int c = Memory.getByte(backslash + 1);
        switch (c) {
            case 'b' -> result.append((byte) '\b');
            case 'f' -> result.append((byte) '\f');
            case 'n' -> result.append((byte) '\n');
            case 'r' -> result.append((byte) '\r');
            case 't' -> result.append((byte) '\t');
            case 'u' -> {
                int unit = JsonScanner.hex(backslash + 2);
                if (!Character.isHighSurrogate((char) unit)) {
                    appendCodePoint(unit);
                    return backslash + 6;
                }
                appendCodePoint(Character.toCodePoint((char) unit, (char) JsonScanner.hex(backslash + 8)));
                return backslash + 12;
            }
            default -> result.append((byte) c);
        }
        return backslash + 2;
    }

    private void appendCodePoint(int c) {
        if (c < 0x80) {
            result.append((byte) c);
        } else if (c < 0x800) {
            result.append((byte) (0xC0 | c >>> 6));
            result.append((byte) (0x80 | c & 0x3F));
        } else if (c < 0x10000) {
            result.append((byte) (0xE0 | c >>> 12));
            result.append((byte) (0x80 | c >>> 6 & 0x3F));
            result.append((byte) (0x80 | c & 0x3F));
        } else {
            result.append((byte) (0xF0 | c >>> 18));
            result.append((byte) (0x80 | c >>> 12 & 0x3F));
            result.append((byte) (0x80 | c >>> 6 & 0x3F));
            result.append((byte) (0x80 | c & 0x3F));
        }
    }

    @Override
    public void close() {
        result.close();
    }
}
