package io.leat.compiler.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.compiler.codegen.GeneratedClass;
import io.leat.compiler.explain.Compilation;
import io.leat.compiler.explain.Explanation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Frozen artefacts of a case: explanations, generated source, diagnostics. */
final class Goldens {
    private static final String FROM_CSV = " from csv";
    private static final boolean UPDATE = "update".equals(System.getProperty("golden"));

    private final Case of;
    private final CaseRun run;

    Goldens(Case of, CaseRun run) {
        this.of = of;
        this.run = run;
    }

    void check() {
        CaseText text = new CaseText(of, Variation.PLAIN);
        of.goldens().keySet().forEach(section -> check(of, section, text.positions(artefact(section))));
    }

    private String artefact(String section) {
        Compilation compilation = run.compile(Variation.PLAIN);
        return switch (section) {
            case "explain" -> Explanation.plan(compilation);
            case "explain rules" -> Explanation.rules(compilation);
            case "explain physical" -> Explanation.physical(compilation);
            case "explain workers" -> Explanation.physical(run.compile(Variation.PLAIN.withParallelism(3)));
            case "explain changelog" -> Explanation.changelog(compilation);
            case "explain delivery" -> Explanation.delivery(compilation);
            case "explain state" -> Explanation.state(compilation);
            default -> source(section.substring("source ".length()));
        };
    }

    private String source(String section) {
        String name = section.split(" ", 2)[0];
        Variation variation = section.endsWith(FROM_CSV) ? Variation.PLAIN.withForm(InputForm.CSV) : Variation.PLAIN;
        Compilation compilation = run.compile(variation);
        return compilation.generated().stream()
                .filter(each -> each.name().equals(name))
                .map(GeneratedClass::source)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no class " + name + "; there are "
                        + compilation.generated().stream()
                                .map(GeneratedClass::name)
                                .toList()));
    }

    /** Compares with what the case has in a section, or puts it there. */
    static void check(Case of, String section, String actual) {
        String text = actual.stripTrailing();
        if (UPDATE && !text.equals(of.goldens().get(section))) {
            update(CaseFile.path(of), section, text);
        } else {
            assertEquals(of.goldens().get(section), text, of.name() + ", " + section);
        }
    }

    private static void update(Path file, String section, String text) {
        try {
            List<String> lines = new ArrayList<>();
            boolean inside = false;
            for (String line : Files.readString(file).lines().toList()) {
                inside = CaseFile.isHeader(line) ? line.equals(section) : inside;
                if (line.equals(section)) {
                    lines.add(line);
                    lines.addAll(text.lines().toList());
                } else if (!inside) {
                    lines.add(line);
                }
            }
            Files.writeString(file, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
