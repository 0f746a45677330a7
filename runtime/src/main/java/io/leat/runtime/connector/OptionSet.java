package io.leat.runtime.connector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The options that one side of a connector knows. Immutable. */
public record OptionSet(List<OptionSpec> specs) {
    public OptionSet {
        specs = List.copyOf(specs);
    }

    public static OptionSet of(OptionSpec... specs) {
        return new OptionSet(List.of(specs));
    }

    public OptionSet and(OptionSet other) {
        List<OptionSpec> all = new ArrayList<>(specs);
        all.addAll(other.specs);
        return new OptionSet(all);
    }

    /**
     * Checks options against this set and fills in defaults.
     *
     * @param given as written, without {@code connector}
     * @param problems where every fault found is added; with any, the result is of no use
     */
    public Options resolve(Map<String, String> given, List<OptionException> problems) {
        Map<String, String> values = new TreeMap<>();
        Set<String> misspelled = new HashSet<>();
        given.forEach((key, text) -> {
            Optional<OptionSpec> spec = find(key);
            if (spec.isEmpty()) {
                problems.add(unknown(key));
                meant(key).ifPresent(misspelled::add);
                return;
            }
            String name = spec.get().isFamily() ? key : spec.get().name();
            problem(spec.get(), key, text).ifPresent(problems::add);
            if (values.putIfAbsent(name, text) != null) {
                problems.add(new OptionException(key, "option '" + name + "' is given twice", ""));
            }
        });
        for (OptionSpec spec : specs) {
            if (spec.fallback() != null) {
                values.putIfAbsent(spec.name(), spec.fallback());
            } else if (spec.required() && !values.containsKey(spec.name()) && !misspelled.contains(spec.name())) {
                problems.add(new OptionException(
                        spec.name(),
                        "option '" + spec.name() + "' is missing",
                        spec.name() + ": " + spec.description()));
            }
        }
        return new Options(values);
    }

    public boolean knows(String key) {
        return find(key).isPresent();
    }

    private Optional<OptionSpec> find(String key) {
        return specs.stream()
                .filter(spec -> spec.matches(key) || spec.aliases().contains(key))
                .findFirst();
    }

    private Optional<String> meant(String key) {
        return Spelling.nearest(key, names());
    }

    private List<String> names() {
        return specs.stream().map(OptionSpec::name).sorted().toList();
    }

    private OptionException unknown(String key) {
        Optional<String> meant = meant(key);
        String known = String.join(", ", names());
        return new OptionException(
                key,
                "unknown option '" + key + "'",
                meant.map(name -> "did you mean '" + name + "'? ").orElse("") + "known options: " + known);
    }

    private static Optional<OptionException> problem(OptionSpec spec, String key, String text) {
        String expected = switch (spec.kind()) {
            case TEXT -> "";
            case BOOLEAN -> text.equals("true") || text.equals("false") ? "" : "true or false";
            case NUMBER -> text.matches("-?\\d{1,18}") ? "" : "a whole number";
            case DECIMAL -> text.matches("-?\\d+(\\.\\d+)?") ? "" : "a number";
            case DURATION -> Options.parseDuration(text).isPresent() ? "" : "a duration such as '30 s' or '5 min'";
            case SIZE -> Options.parseSize(text).isPresent() ? "" : "a size such as '64 mb'";
        };
        if (!spec.choices().isEmpty() && !spec.choices().contains(text)) {
            expected = "one of " + String.join(", ", spec.choices());
        }
        return expected.isEmpty()
                ? Optional.empty()
                : Optional.of(new OptionException(
                        key, "option '" + key + "' is '" + text + "', which is not " + expected, spec.description()));
    }
}
