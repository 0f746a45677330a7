package io.leat.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The command in a process that writes down every second what it takes of the machine: a line with the columns of {@link Sample}. The first
 * argument is the file for that, the others are those of the command.
 */
final class SoakedJob {
    private static final Pattern OTHER = Pattern.compile("- +Other \\(reserved=\\d+, committed=(\\d+)\\)");
    private static final int KIB = 1024;

    private SoakedJob() {}

    /**
     * What the process takes at some time.
     *
     * @param resident memory that is its own or mapped and there, in KiB
     * @param offHeap memory of buffers and of {@code Unsafe}, in KiB, as the JVM counts it
     * @param buffers the part of it that buffers of the JVM have, in KiB
     * @param threads of the process, those of the JVM among them
     * @param descriptors open files, sockets and directories
     */
    record Sample(long resident, long offHeap, long buffers, long threads, long descriptors) {
        static Sample parse(String line) {
            long[] values =
                    Stream.of(line.split(" ")).mapToLong(Long::parseLong).toArray();
            return new Sample(values[0], values[1], values[2], values[3], values[4]);
        }

        static Sample now() throws IOException, JMException {
            Path self = Path.of("/proc/self");
            String status = Files.readString(self.resolve("status"));
            long descriptors;
            try (Stream<Path> open = Files.list(self.resolve("fd"))) {
                descriptors = open.count();
            }
            long buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            return new Sample(
                    value(status, "VmRSS"), offHeapKib(), buffers / KIB, value(status, "Threads"), descriptors);
        }

        private static long value(String status, String name) {
            Matcher found = Pattern.compile("(?m)^" + name + ":\\s+(\\d+)").matcher(status);
            if (!found.find()) {
                throw new IllegalStateException(status);
            }
            return Long.parseLong(found.group(1));
        }

        /** Memory that the JVM was asked for by Java code, which it keeps count of if it was started so. */
        private static long offHeapKib() throws JMException {
            String[] exact = {"summary", "scale=b"};
            Object summary = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmNativeMemory",
                            new Object[] {exact},
                            new String[] {String[].class.getName()});
            Matcher other = OTHER.matcher(summary.toString());
            return other.find() ? Long.parseLong(other.group(1)) / KIB : 0;
        }

        @Override
        public String toString() {
            return resident + " " + offHeap + " " + buffers + " " + threads + " " + descriptors;
        }
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream samples = new PrintStream(arguments[0], StandardCharsets.UTF_8);
        Thread watch = new Thread(() -> watch(samples), "soak-watch");
        watch.setDaemon(true);
        watch.start();
        Leat.main(Stream.of(arguments).skip(1).toArray(String[]::new));
    }

    private static void watch(PrintStream samples) {
        try {
            while (true) {
                samples.println(Sample.now());
                Thread.sleep(1_000);
            }
        } catch (IOException | JMException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
