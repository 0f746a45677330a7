package io.leat.cli;

import io.leat.grammar.source.SourceText;
import io.leat.grammar.source.Suggestion;
import io.leat.runtime.job.CompiledJob;
import io.leat.runtime.job.JobGraph;
import io.leat.runtime.job.OptionValue;
import io.leat.runtime.job.SinkSpec;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds parameters that are given and have no place to go: most likely their name is misspelt. */
final class ParameterUse {
    private static final Pattern IN_TEXT = Pattern.compile(":(\\w+)|\\$\\{([\\w.-]+)}");
    private static final Pattern IN_OPTION = Pattern.compile("\\$\\{([\\w.-]+)}");

    private ParameterUse() {}

    /** Warns of a parameter that a query does not mention. The same values may be meant for several queries, so that is no error. */
    static void warn(Set<String> given, SourceText query, Messages messages) {
        for (String name : given) {
            if (!query.text().contains(":" + name) && !query.text().contains("${" + name + "}")) {
                String help = Suggestion.nearest(name, mentioned(query.text()))
                        .map(each -> "did you mean " + each + "?")
                        .orElse("write :" + name + " for a value, or ${" + name + "} in an option of a table");
                messages.warning("nothing in " + query.name() + " uses the parameter " + name, help);
            }
        }
    }

    private static Set<String> mentioned(String text) {
        Set<String> names = new TreeSet<>();
        for (Matcher each = IN_TEXT.matcher(text); each.find(); ) {
            names.add(each.group(1) == null ? each.group(2) : each.group(1));
        }
        return names;
    }

    /**
     * Checks that a compiled job takes these parameters.
     *
     * @throws CommandException if it does not: values in the query were fixed when it was compiled, and other ones would be ignored
     */
    static void check(Set<String> given, CompiledJob job, String name) {
        Set<String> taken = taken(job.graph());
        for (String each : given) {
            if (!taken.contains(each)) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "the job " + name + " takes no parameter " + each,
                        taken.isEmpty()
                                ? "all values were fixed by 'leat compile'"
                                : "it takes " + String.join(", ", taken)
                                        + "; other values were fixed by 'leat compile'");
            }
        }
    }

    private static Set<String> taken(JobGraph graph) {
        Set<String> names = new TreeSet<>();
        Stream<Map<String, OptionValue>> options = Stream.concat(
                graph.sources().stream().flatMap(source -> Stream.of(source.options(), source.commonOptions())),
                graph.sinks().stream().map(SinkSpec::options));
        options.map(Map::values)
                .flatMap(values -> values.stream().map(OptionValue::text))
                .forEach(text -> {
                    for (Matcher each = IN_OPTION.matcher(text); each.find(); ) {
                        names.add(each.group(1));
                    }
                });
        return names;
    }
}
