package io.leat.benchmarks;

/** What the JVMs are started with: as {@code leat.jvm.flags} of the root pom. */
final class Flags {
    static final String HEAP = "-Xmx1g";
    /** JDK 17 does not know the flag about Unsafe, which later ones want. */
    static final String UNKNOWN = "-XX:+IgnoreUnrecognizedVMOptions";

    static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";
    static final String NATIVE = "--enable-native-access=ALL-UNNAMED";
    static final String NIO = "--add-opens=java.base/java.nio=ALL-UNNAMED";
    static final String LANG = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    static final String REFLECT = "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED";
    static final String REFERENCES = "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED";
    static final String CHANNELS = "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED";
    static final String COMPILER = "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED";

    private Flags() {}
}
