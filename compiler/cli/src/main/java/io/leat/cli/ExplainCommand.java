package io.leat.cli;

import io.leat.compiler.explain.Compilation;
import io.leat.compiler.explain.Explanation;
import io.leat.grammar.source.ErrorCode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leat explain}. */
@Command(
        name = "explain",
        description = "Show what becomes of a query, or what an error means.",
        footer = {
            "",
            "Examples:",
            "  leat explain turnover.sql",
            "  leat explain turnover.sql --code",
            "  leat explain E0203"
        })
final class ExplainCommand extends Subcommand {
    private static final String CODE = "[EWew]\\d{4}";

    @Parameters(
            paramLabel = "FILE|CODE",
            description = "A query, - for one from standard input, or the code of an error such as E0203.")
    private String subject;

    @ArgGroup
    private View view;

    @Mixin
    private final QueryOptions query = new QueryOptions();

    @Mixin
    private final ParallelismOption parallelism = new ParallelismOption();

    /** What to show instead of the optimized plan. */
    static final class View {
        @Option(names = "--rules", description = "The plan after each rule of the optimizer that changed it.")
        private boolean rules;

        @Option(names = "--physical", description = "Pipelines, workers and the layout of state.")
        private boolean physical;

        @Option(names = "--code", description = "The generated Java source.")
        private boolean code;

        @Option(names = "--state", description = "What is kept, and what frees it.")
        private boolean state;

        @Option(names = "--changelog", description = "Which rows only come, replace each other by key, or come and go.")
        private boolean changelog;

        @Option(names = "--delivery", description = "How often rows come to each sink, and why.")
        private boolean delivery;
    }

    ExplainCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run(Session session) {
        if (subject.matches(CODE)) {
            print(page(), session);
        } else {
            Compilation compilation = compile(
                    QueryFile.read(subject, session.console()).text(),
                    parallelism.addTo(query.compileOptionsBySize()),
                    session);
            print(text(compilation), session);
        }
        return ExitCode.OK;
    }

    private String page() {
        ErrorCode code = ErrorCode.of(subject)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE, "there is no error code " + subject, "errors name their code in brackets"));
        if (view != null || query.isGiven() || parallelism.isGiven()) {
            throw new CommandException(
                    ExitCode.USAGE, "an error code takes no options", "these options explain a query");
        }
        return code.explanation();
    }

    private String text(Compilation compilation) {
        if (view == null) {
            return Explanation.plan(compilation);
        }
        if (view.rules) {
            return Explanation.rules(compilation);
        }
        if (view.physical) {
            return Explanation.physical(compilation);
        }
        if (view.changelog) {
            return Explanation.changelog(compilation);
        }
        if (view.delivery) {
            return Explanation.delivery(compilation);
        }
        return view.code ? Explanation.code(compilation) : Explanation.state(compilation);
    }
}
