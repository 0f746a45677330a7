package io.leat.compiler.engine;

import io.leat.runtime.platform.Disk;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * The disk of this machine, which takes so many changes and then refuses the next: that one alone, or all that follow, which is a crash to
 * whoever comes later.
 */
final class CrashingDisk {
    private static final Set<String> CHANGES = Set.of("create", "sync", "move", "delete", "createDirectory", "link");

    private final boolean forEver;
    private int left;

    CrashingDisk(int changes, boolean forEver) {
        this.left = changes;
        this.forEver = forEver;
    }

    Disk disk() {
        return (Disk) Proxy.newProxyInstance(Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, this::call);
    }

    /** Whether it came to the crash. */
    synchronized boolean crashed() {
        return left < 0;
    }

    private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        if (CHANGES.contains(method.getName())) {
            change();
        }
        try {
            Object result = method.invoke(Disk.system(), arguments);
            return method.getName().equals("create") ? new Writing((OutputStream) result) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private synchronized void change() throws IOException {
        left--;
        if (left == -1 || (left < 0 && forEver)) {
            throw new IOException("crashed");
        }
    }

    /** Of what is written at the crash, a half arrives. */
    private final class Writing extends FilterOutputStream {
        Writing(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            boolean before = crashed();
            try {
                change();
            } catch (IOException e) {
                if (!before) {
                    out.write(bytes, offset, length / 2);
                }
                throw e;
            }
            out.write(bytes, offset, length);
        }
    }
}
