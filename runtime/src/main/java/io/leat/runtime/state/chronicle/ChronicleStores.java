package io.leat.runtime.state.chronicle;

import io.leat.runtime.platform.Threads;
import io.leat.runtime.state.StateStore;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Opens Chronicle Map stores. The first map of a process costs seconds, because Chronicle compiles classes for it; a thread in the
 * background does that when {@link #isReady} is first asked, so that rows need not wait for it.
 */
public final class ChronicleStores implements StateStore.Factory {
    /** The newest JDK that Chronicle Map starts on. */
    private static final int NEWEST_JDK = 25;

    private final Threads threads;
    private final CountDownLatch prepared = new CountDownLatch(1);
    private boolean preparing;
    private volatile RuntimeException failure;

    public ChronicleStores(Threads threads) {
        this.threads = threads;
    }

    /** Why Chronicle Map cannot run in this JVM, in one sentence with what to change; empty if it can. */
    public static Optional<String> obstacle() {
        if (Runtime.version().feature() > NEWEST_JDK) {
            return Optional.of("Chronicle Map runs on JDK 17 to " + NEWEST_JDK);
        }
        Optional<Module> compiler = ModuleLayer.boot().findModule("jdk.compiler");
        if (compiler.isEmpty()) {
            return Optional.of("Chronicle Map needs a full JDK: this Java has no module jdk.compiler");
        }
        Module base = Object.class.getModule();
        Module ours = ChronicleStores.class.getModule();
        StringBuilder flags = new StringBuilder();
        if (!base.isOpen("java.lang", ours)) {
            flags.append(" --add-opens=java.base/java.lang=ALL-UNNAMED");
        }
        if (!base.isOpen("java.lang.reflect", ours)) {
            flags.append(" --add-opens=java.base/java.lang.reflect=ALL-UNNAMED");
        }
        if (!compiler.get().isExported("com.sun.tools.javac.file", ours)) {
            flags.append(" --add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED");
        }
        return flags.length() == 0 ? Optional.empty() : Optional.of("Chronicle Map needs the java options" + flags);
    }

    @Override
    public boolean isReady() {
        prepare();
        return prepared.getCount() == 0;
    }

    private synchronized void prepare() {
        if (!preparing) {
            preparing = true;
            threads.start("leat-chronicle", 0, this::createFirst);
        }
    }

    private void createFirst() {
        try (ChronicleStore store = new ChronicleStore("first", 16, 16)) {
            store.size();
        } catch (RuntimeException | LinkageError e) {
            failure = new IllegalStateException("Chronicle Map does not start: " + e.getMessage(), e);
        } finally {
            prepared.countDown();
        }
    }

    @Override
    public StateStore open(String name, int keyBytes, int valueBytes) {
        prepare();
        threads.await(prepared);
        if (failure != null) {
            throw failure;
        }
        return new ChronicleStore(name, keyBytes, valueBytes);
    }
}
