package io.leat.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Where data goes. Nothing is buffered, and each write is in one piece, so that several writers do not mix inside a line. Remembers
 * that nobody reads any more: {@code | head} has seen enough, which is no error.
 */
public final class StandardOutput extends OutputStream {
    private final OutputStream out;
    private final Runnable beforeWrite;
    private volatile boolean abandoned;

    /**
     * @param beforeWrite clears the way, where something else is on the same terminal
     */
    public StandardOutput(OutputStream out, Runnable beforeWrite) {
        this.out = out;
        this.beforeWrite = beforeWrite;
    }

    /** Whether the reader has gone away. */
    public boolean isAbandoned() {
        return abandoned;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        beforeWrite.run();
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw noted(e);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw noted(e);
        }
    }

    private IOException noted(IOException error) {
        String message = error.getMessage() == null ? "" : error.getMessage().toLowerCase(Locale.ROOT);
        abandoned |= message.contains("broken pipe") || message.contains("pipe closed");
        return error;
    }
}
