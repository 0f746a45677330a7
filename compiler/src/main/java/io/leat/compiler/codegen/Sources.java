package io.leat.compiler.codegen;

import io.leat.grammar.source.Origin;
import io.leat.runtime.job.GeneratedCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a filled template into a compilation unit: package and imports in front, and the checks that no source may fail. */
final class Sources {
    private static final Pattern WORD = Pattern.compile("\\b[A-Z]\\w*");

    private Sources() {}

    static GeneratedClass finish(String name, Template.Source source, ClassFrame frame) {
        List<String> head = new ArrayList<>();
        head.add("package " + GeneratedCode.PACKAGE + ";");
        head.add("");
        Set<String> imports = new TreeSet<>();
        Matcher words = WORD.matcher(source.text());
        while (words.find()) {
            GeneratedCode.runtimeClass(words.group()).ifPresent(type -> imports.add("import " + type.getName() + ";"));
        }
        head.addAll(imports);
        head.add("");
        String text = String.join("\n", head) + "\n" + source.text();
        check(name, text);
        List<Origin> origins = new ArrayList<>();
        head.forEach(line -> origins.add(Origin.NONE));
        origins.addAll(source.origins());
        return new GeneratedClass(name, text, origins, frame.constants(), frame.positions());
    }

    /** Anything but plain ASCII, and a backslash before a u, could be read by a compiler as something else than it looks. */
    private static void check(String name, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= ' ' && c < 0x7F || c == '\n';
            if (!plain || c == '\\') {
                throw new IllegalStateException("generated source of " + name + " has a character that is not plain");
            }
        }
    }
}
