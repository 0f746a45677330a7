package io.leat.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** JVMs of their own: the same Java with the same flags as this one. */
final class Processes {
    private static final List<String> FLAGS = List.of("--add-", "--enable-", "--sun-misc", "-XX:+IgnoreUnrecognized");

    private Processes() {}

    /** The whole class path of the tests. */
    static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** The class path without the places that these classes come from. */
    static String classPathWithout(Class<?>... unwanted) {
        Set<Path> places = new TreeSet<>();
        for (Class<?> each : unwanted) {
            CodeSource source = each.getProtectionDomain().getCodeSource();
            places.add(Path.of(URI.create(source.getLocation().toString())).toAbsolutePath());
        }
        return Arrays.stream(classPath().split(File.pathSeparator))
                .filter(entry ->
                        !entry.isEmpty() && !places.contains(Path.of(entry).toAbsolutePath()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** {@code java flags options -cp classPath main arguments}. */
    static ProcessBuilder java(List<String> options, String classPath, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> FLAGS.stream().anyMatch(flag::startsWith))
                .forEach(command::add);
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** The command itself. */
    static ProcessBuilder leat(String... arguments) {
        return java(List.of(), classPath(), Leat.class, arguments);
    }

    static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BufferedReader lines(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A shell that starts this JVM in the background may have it ignore Ctrl-C, and so would the command. */
    static boolean ignores(String name) {
        Signal signal = new Signal(name);
        SignalHandler before = Signal.handle(signal, received -> {});
        Signal.handle(signal, before);
        return before == SignalHandler.SIG_IGN;
    }

    /** Sends a signal as a shell does. */
    static void signal(Process process, String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new IllegalStateException("cannot send " + name);
        }
    }
}
