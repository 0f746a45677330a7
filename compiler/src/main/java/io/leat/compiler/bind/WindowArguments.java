package io.leat.compiler.bind;

import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.source.Suggestion;
import io.leat.grammar.tree.Relation;
import io.leat.grammar.tree.Relation.ArgumentValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The arguments of a window function by name, whether they were written by name or by position. */
final class WindowArguments {
    static final String DATA = "DATA";
    static final String TIME = "TIMECOL";
    static final String SLIDE = "SLIDE";
    static final String STEP = "STEP";
    static final String SIZE = "SIZE";
    static final String GAP = "GAP";
    static final String OFFSET = "OFFSET";
    static final String ZONE = "ZONE";

    private static final Set<String> OPTIONAL = Set.of(OFFSET, ZONE);

    private final Problems problems;
    private final Relation.TableFunction function;
    private final boolean piped;
    private final List<String> parameters = new ArrayList<>();
    private final Map<String, Relation.Argument> given = new LinkedHashMap<>();

    /**
     * @param before the argument before the size, {@link #SLIDE} or {@link #STEP}, if there is one; or {@link #GAP}, which stands alone
     * @param piped whether the rows come from before, so that there is no table among the arguments
     */
    WindowArguments(Problems problems, Relation.TableFunction function, Optional<String> before, boolean piped) {
        this.problems = problems;
        this.function = function;
        this.piped = piped;
        if (!piped) {
            parameters.add(DATA);
        }
        parameters.add(TIME);
        if (before.isPresent() && before.get().equals(GAP)) {
            parameters.add(GAP);
            return;
        }
        before.ifPresent(parameters::add);
        parameters.add(SIZE);
        parameters.add(OFFSET);
        parameters.add(ZONE);
    }

    WindowArguments bind() {
        int next = 0;
        for (Relation.Argument argument : function.arguments()) {
            String name;
            if (argument.name().isPresent()) {
                name = argument.name().get().text().toUpperCase(Locale.ROOT);
                if (!parameters.contains(name)) {
                    throw problems.abandon(
                            ErrorCode.BAD_WINDOW,
                            argument.name().get().at(),
                            title() + " has no argument " + name,
                            Suggestion.nearest(name, parameters)
                                            .map(meant -> "did you mean " + meant + "? ")
                                            .orElse("")
                                    + usage());
                }
            } else if (next < parameters.size() && !parameters.get(next).equals(ZONE)) {
                name = parameters.get(next++);
            } else {
                throw problems.abandon(
                        ErrorCode.BAD_WINDOW, argument.at(), "too many arguments of " + title(), usage());
            }
            if (given.put(name, argument) != null) {
                throw problems.abandon(
                        ErrorCode.BAD_WINDOW, argument.at(), "the argument " + name + " is given twice", usage());
            }
        }
        for (String parameter : parameters) {
            if (!OPTIONAL.contains(parameter) && !given.containsKey(parameter)) {
                throw problems.abandon(
                        ErrorCode.BAD_WINDOW,
                        function.name().at(),
                        title() + " lacks its argument " + parameter,
                        usage());
            }
        }
        return this;
    }

    private String title() {
        return function.name().text().toUpperCase(Locale.ROOT);
    }

    /** How the function is called. */
    String usage() {
        String arguments = parameters.stream()
                .map(parameter -> switch (parameter) {
                    case DATA -> parameters.contains(GAP) ? "TABLE t PARTITION BY k" : "TABLE t";
                    case TIME -> piped ? "ts" : "DESCRIPTOR(ts)";
                    case SLIDE -> "slide";
                    case STEP -> "step";
                    case GAP -> "gap";
                    case SIZE -> "size";
                    case OFFSET -> "[offset]";
                    default -> "[ZONE => zone]";
                })
                .collect(Collectors.joining(", "));
        return "write " + title() + "(" + arguments + ")";
    }

    boolean has(String parameter) {
        return given.containsKey(parameter);
    }

    ArgumentValue required(String parameter) {
        return given.get(parameter).value();
    }

    Origin at(String parameter) {
        return given.containsKey(parameter) ? given.get(parameter).at() : function.at();
    }
}
