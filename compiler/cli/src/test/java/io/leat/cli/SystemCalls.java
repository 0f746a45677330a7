package io.leat.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes whose system calls are watched, and fail when a test wants them to, by {@code strace}; without a network, by {@code unshare}. */
final class SystemCalls {
    private static final long PATIENCE_SECONDS = 120;

    private SystemCalls() {}

    /**
     * How a process ended.
     *
     * @param exitValue 128 and the signal if it was killed
     * @param said on standard output and standard error
     * @param calls those that were watched, a line each, with the names of the files that they are about
     */
    record Ended(int exitValue, String said, List<String> calls) {
        /** Calls that failed because the test wanted them to. */
        List<String> injected() {
            return calls.stream().filter(call -> call.contains("(INJECTED)")).toList();
        }
    }

    /** Whether calls can be watched here: the program is there, and may look at other processes. */
    static boolean canBeWatched() {
        return works("strace", "-f", "-qq", "-e", "trace=fsync", "-e", "inject=fsync:error=EIO:when=1", "true");
    }

    /** Whether a process can be given a network of its own, in which nothing is. */
    static boolean canBeAlone() {
        return works("unshare", "-rn", "true");
    }

    private static boolean works(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Runs the command and watches it.
     *
     * @param folder for files that nobody needs behind the test
     * @param around what stands before the whole command, such as {@code unshare -rn}
     * @param watched settings of {@code strace}
     */
    static Ended run(Path folder, List<String> around, List<String> watched, String... arguments)
            throws IOException, InterruptedException {
        Path calls = folder.resolve("calls.txt");
        Path said = folder.resolve("said.txt");
        List<String> command = new ArrayList<>(around);
        command.addAll(List.of("strace", "-f", "-qq", "-y", "-o", calls.toString()));
        if (watched.stream().noneMatch(setting -> setting.contains(":signal="))) {
            command.add("--seccomp-bpf"); // quicker, but signals come at other calls than those asked for
        }
        command.addAll(watched);
        // Where a library cannot be written whole, the JVM crashes over it.
        List<String> options = List.of("-XX:ErrorFile=" + folder.resolve("crash.txt"));
        command.addAll(Processes.java(options, Processes.classPath(), Leat.class, arguments)
                .command());
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile()) // where parts of libraries are left that could not be written
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("still running: " + Arrays.toString(arguments));
        }
        return new Ended(process.exitValue(), Files.readString(said), Files.readAllLines(calls));
    }
}
