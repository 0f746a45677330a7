package io.leat.cli;

import io.leat.compiler.CompileOptions;
import io.leat.compiler.QueryCompiler;
import io.leat.compiler.explain.Compilation;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.QueryException;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What all subcommands have in common: options, and that whatever goes wrong is told in words and becomes an exit code. */
abstract class Subcommand implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    Subcommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public final Integer call() {
        Session session = new Session(invocation.console(), common, invocation.arguments());
        try {
            return run(session).number();
        } catch (RuntimeException | Error e) {
            return session.failures().tell(e).number();
        }
    }

    /** Does the work; whatever it throws is told to the user. */
    abstract ExitCode run(Session session);

    /** Prints lines to standard output. */
    static void print(String text, Session session) {
        String lines = text.endsWith("\n") ? text : text + "\n";
        try {
            session.console().output().write(lines.getBytes(StandardCharsets.UTF_8));
            session.console().output().flush();
        } catch (IOException e) {
            if (!session.console().output().isAbandoned()) {
                throw new ConnectorException(Kind.IO, "cannot write to standard output: " + Disk.reason(e), e);
            }
        }
    }

    /** Compiles a query and shows the warnings. */
    static Compilation compile(SourceText source, CompileOptions options, Session session) {
        ParameterUse.warn(options.parameters().keySet(), source, session.messages());
        try {
            long start = session.platform().clock().nanos();
            Compilation compilation = new QueryCompiler().compile(source, options);
            for (Diagnostic warning : compilation.warnings()) {
                session.messages().warningLines(warning.render(source));
            }
            if (session.isVerbose()) {
                long elapsed = session.platform().clock().nanos() - start;
                session.messages()
                        .say("compiled " + source.name() + " in " + elapsed / 1_000_000 + " ms: "
                                + Figures.counted(compilation.statements().size(), "statement") + ", "
                                + compilation.generated().size() + " generated classes");
            }
            return compilation;
        } catch (QueryException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw new Bug(source, e);
        }
    }
}
