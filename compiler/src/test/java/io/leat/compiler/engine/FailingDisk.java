package io.leat.compiler.engine;

import io.leat.runtime.platform.Disk;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** The disk of this machine, where one call fails: the n-th of those that can. Closing never does. */
final class FailingDisk {
    static final String REASON = "the disk is gone";

    private final int failing;
    private final AtomicInteger calls = new AtomicInteger();

    private FailingDisk(int failing) {
        this.failing = failing;
    }

    /**
     * @param failing counts from 1
     */
    static FailingDisk at(int failing) {
        return new FailingDisk(failing);
    }

    /** Whether the job came that far. */
    boolean failed() {
        return calls.get() >= failing;
    }

    Disk disk() {
        return wrapped(Disk.class, Disk.system());
    }

    private void count() throws IOException {
        if (calls.incrementAndGet() == failing) {
            throw new IOException(REASON);
        }
    }

    private <T> T wrapped(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(real, method, arguments)));
    }

    private Object call(Object real, Method method, Object[] arguments) throws Throwable {
        boolean mayFail = Arrays.asList(method.getExceptionTypes()).contains(IOException.class);
        if (mayFail && !method.getName().equals("close")) {
            count();
        }
        try {
            Object result = method.invoke(real, arguments);
            if (result instanceof Disk.ReadFile file) {
                return wrapped(Disk.ReadFile.class, file);
            }
            return result instanceof InputStream in
                    ? new CountedInput(in)
                    : result instanceof OutputStream out ? new CountedOutput(out) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private final class CountedInput extends FilterInputStream {
        CountedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            count();
            return super.read(bytes, offset, length);
        }
    }

    private final class CountedOutput extends FilterOutputStream {
        CountedOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            count();
            out.write(bytes, offset, length);
        }
    }
}
