package io.leat.cli;

import io.leat.compiler.bytecode.CompilerBug;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.RuntimeVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file with all that is needed to find out what went wrong. Only its owner can read it: it holds the query. */
record BugReport(Throwable thrown, List<String> arguments, Optional<SourceText> source) {
    private static final Pattern PASSWORD = Pattern.compile(
            "((?:password|secret|\\burl|keystore[.]key|jaas[.]config)['\"`]?\\s*=\\s*)'(?:[^']|'')*'",
            Pattern.CASE_INSENSITIVE);

    /** Writes the file into the directory for temporary files; empty if that fails. */
    Optional<Path> write() {
        try {
            Path file = Files.createTempFile("leat-report-", ".txt");
            Files.writeString(file, text());
            return Optional.of(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private String text() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.println("Leat " + RuntimeVersion.CURRENT);
        Stream.of("java.runtime.version", "java.vm.name", "os.name", "os.version", "os.arch")
                .forEach(key -> out.println(key + ": " + System.getProperty(key)));
        out.println("arguments: " + String.join(" ", withoutValues()));
        out.println();
        thrown.printStackTrace(out);
        source.ifPresent(query -> out.println("\n---- " + query.name() + "\n" + withoutPasswords(query.text())));
        generatedSource().ifPresent(generated -> out.println("\n---- generated source\n" + generated));
        out.flush();
        return text.toString();
    }

    /** The values of parameters may be secrets. */
    private List<String> withoutValues() {
        return arguments.stream()
                .map(argument -> argument.replaceFirst("^(-D|--define=)?(\\w[\\w.-]*)=(?s:.*)", "$1$2=…"))
                .toList();
    }

    /** Some write them into the query. */
    private static String withoutPasswords(String query) {
        return PASSWORD.matcher(query).replaceAll("$1'…'");
    }

    private Optional<String> generatedSource() {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof CompilerBug bug) {
                return Optional.of(bug.numberedSource());
            }
        }
        return Optional.empty();
    }
}
