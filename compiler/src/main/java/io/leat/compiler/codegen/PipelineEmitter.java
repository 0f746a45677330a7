package io.leat.compiler.codegen;

import io.leat.compiler.codegen.Code.Block;
import io.leat.compiler.codegen.MethodSplitter.Piece;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.physical.PhysicalOperator.Pipeline;
import io.leat.compiler.physical.Positions;
import io.leat.compiler.physical.Step;
import io.leat.compiler.physical.Terminal;
import java.util.List;
import java.util.Map;

/** Writes the class of a pipeline: a loop over the rows of a batch around the code of its steps and its terminal. */
final class PipelineEmitter {
    private static final String SKELETON = """
            // {{title}}
            public final class {{name}} extends {{base}} {
                {{fields}}

                public {{name}}(PipelineContext context) {
                    super(context);
                    {{setUp}}
                }

                public void process(Batch in) {
                    {{prologue}}
                    {{loop}}
                    {{epilogue}}
                }
                {{methods}}
            }
            """;

    private final Pipeline plan;
    private final Map<Integer, String> classNames;
    private final ClassFrame frame;
    private final ExpressionEmitter expressions;
    private final MethodSplitter splitter;
    private final Block prologue = new Block();
    private final Block beforeRow = new Block();
    private final Block epilogue = new Block();

    /**
     * @param classNames the generated tables, by id of the operator they belong to
     */
    PipelineEmitter(Pipeline plan, Map<Integer, String> classNames, Positions places) {
        this.plan = plan;
        this.classNames = classNames;
        this.frame = new ClassFrame(places);
        this.expressions = new ExpressionEmitter(frame);
        this.splitter = new MethodSplitter(places);
    }

    GeneratedClass emit(String name, Budget budget) {
        Block row = new Block();
        Scope scope = new Scope(row);
        Columns columns = new BatchColumns(expressions, plan.input(), plan.weighted() ? 1 : 0, prologue);
        if (plan.source()) {
            prologue.declare("final byte[]", "marks", "verdicts");
        }
        if (plan.weighted()) {
            prologue.declare("final long", "weights", "in.data(0)");
        }
        PipelineParts parts =
                new PipelineParts(plan, frame, expressions, prologue, epilogue, classNames, scoped -> scoped);
        emitSteps(0, columns, scope, parts);
        if (expressions.canFail()) {
            beforeRow.declare("int", ExpressionEmitter.AT, "0");
        }
        return assemble(name, row, budget);
    }

    private void emitSteps(int index, Columns columns, Scope scope, PipelineParts parts) {
        if (index == plan.steps().size()) {
            emitTerminal(columns, scope, parts);
            return;
        }
        Step step = plan.steps().get(index);
        if (step instanceof Step.SelectionFilter filter) {
            scope.block().at(step.at(), "filter");
            emitSteps(index + 1, columns, expressions.whenTrue(filter.condition(), columns, scope), parts);
        } else if (step instanceof Step.Admittance admittance) {
            PipelineParts.Door outer = parts.door();
            PipelineParts guarded = parts.behind(onTime -> {
                Scope inner = outer.admit(onTime);
                // Who gets as far as the door was taken: the condition stands above the operator.
                parts.mark("TAKEN", inner.block());
                return expressions.whenTrue(admittance.condition(), columns, inner);
            });
            emitSteps(index + 1, columns, scope, guarded);
        } else if (step instanceof Step.Projection projection) {
            Columns projected = new ProjectedColumns(expressions, projection.expressions(), columns);
            emitSteps(index + 1, projected, scope, parts);
        } else if (step instanceof Step.StaticProbe probe) {
            scope.block().at(step.at(), "join");
            new ProbeEmitter(parts, probe)
                    .emit(columns, scope, (joined, inner) -> emitSteps(index + 1, joined, inner, parts));
        } else if (step instanceof Step.Repetition repetition) {
            scope.block().at(step.at(), "repeat");
            Fragment times = expressions.emit(repetition.times(), columns, scope);
            String time = "time" + frame.names().number();
            Block body =
                    scope.block().loop(new Code.Declare("long", time, "0L"), time + " < " + times.value(), time + "++");
            emitSteps(index + 1, columns, scope.inside(body), parts);
        } else if (step instanceof Step.Unnesting unnesting) {
            scope.block().at(step.at(), "unnest");
            new UnnestEmitter(expressions, unnesting)
                    .emit(columns, scope, (unnested, inner) -> emitSteps(index + 1, unnested, inner, parts));
        } else if (step instanceof Step.WindowExpansion expansion) {
            scope.block().at(step.at(), "window");
            new WindowEmitter(parts, expansion)
                    .emit(columns, scope, (windowed, inner) -> emitSteps(index + 1, windowed, inner, parts));
        }
    }

    private void emitTerminal(Columns columns, Scope scope, PipelineParts parts) {
        Terminal terminal = plan.terminal();
        // What may fail is computed in the rehearsal, too; only effects wait for the second pass, behind all that is
        // computed in both.
        Block effects = new Block();
        Scope effective = plan.rehearsed() ? scope.inside(effects) : scope;
        if (terminal instanceof Terminal.Emit emit) {
            new EmitEmitter(parts, emit).emit(columns, scope, effective);
        } else if (terminal instanceof Terminal.EmitSliced emit) {
            new SlicedEmitter(parts, emit).emit(columns, scope, effective);
        } else if (terminal instanceof Terminal.EmitKeyed emit) {
            new KeyedEmitter(parts, emit).emit(columns, scope, effective);
        } else if (terminal instanceof Terminal.Update update) {
            new UpdateEmitter(parts, update).emit(columns, scope, effective);
        } else if (terminal instanceof Terminal.Complete complete) {
            write(complete.value(), complete.leaf(), columns, scope);
        } else if (terminal instanceof Terminal.Mark mark) {
            write(new Expr.IsTrue(mark.condition(), mark.at()), mark.leaf(), columns, scope);
        }
        if (plan.rehearsed()) {
            scope.block().when("pass == 1").statements().addAll(effects.statements());
        }
    }

    /** Writes a value into a column of the input. */
    private void write(Expr value, int leaf, Columns columns, Scope scope) {
        Fragment written = expressions.emit(value, columns, scope);
        BatchWriter writer = new BatchWriter("in", "row");
        writer.skip(leaf);
        writer.put(written, scope.block());
    }

    /** Whether what is computed goes into the batch that came. */
    private boolean writesInput() {
        return plan.terminal() instanceof Terminal.Complete || plan.terminal() instanceof Terminal.Mark;
    }

    private GeneratedClass assemble(String name, Block row, Budget budget) {
        Block body = row;
        if (plan.rehearsed()) {
            body = new Block();
            Block passes = body.loop(new Code.Declare("int", "pass", "0"), "pass < 2", "pass++");
            passes.statements().addAll(row.statements());
        }
        UnusedVariables.remove(List.of(prologue, body, epilogue));
        int rowWhole = Math.max(budget.row(), budget.batch() - CodeSize.of(prologue) - CodeSize.of(epilogue));
        Block cutPrologue = splitter.cut(new Piece(prologue, "Batch in", "in", budget.batch() / 2, budget.batch()));
        Block cutRow = splitter.cut(
                writesInput()
                        ? new Piece(body, "Batch in, int row", "in, row", rowWhole, budget.row())
                        : new Piece(body, "int row", "row", rowWhole, budget.row()));
        splitter.settle(List.of(cutPrologue, beforeRow, cutRow, epilogue));

        JavaWriter prologueLines = new JavaWriter(0);
        splitter.write(cutPrologue, prologueLines);
        JavaWriter epilogueLines = new JavaWriter(0);
        splitter.write(epilogue, epilogueLines);
        JavaWriter methods = new JavaWriter(0);
        splitter.writeMethods(methods);
        Template.Source source = new Template(SKELETON)
                .word("title", title())
                .word("name", name)
                .word("base", base())
                .lines("fields", fields())
                .lines("setUp", setUp())
                .lines("prologue", prologueLines)
                .lines("loop", loop(cutRow))
                .lines("epilogue", epilogueLines)
                .lines("methods", methods)
                .fill();
        return Sources.finish(name, source, frame);
    }

    /** The pipeline with what it does to its rows, in order. */
    private String title() {
        StringBuilder title = new StringBuilder("pipeline " + plan.id() + ": rows");
        for (Step step : plan.steps()) {
            if (step instanceof Step.SelectionFilter) {
                title.append(" -> filter");
            } else if (step instanceof Step.StaticProbe probe) {
                title.append(
                        switch (probe.kind()) {
                            case INNER -> " -> lookup";
                            case LEFT -> " -> outer lookup";
                            case SEMI -> " -> lookup of any";
                            case ANTI -> " -> lookup of none";
                            case MARK -> " -> lookup whether any";
                        });
            } else if (step instanceof Step.Repetition) {
                title.append(" -> repeat");
            } else if (step instanceof Step.Unnesting) {
                title.append(" -> unnest");
            } else if (step instanceof Step.WindowExpansion) {
                title.append(" -> windows");
            }
        }
        Terminal terminal = plan.terminal();
        if (terminal instanceof Terminal.Update) {
            return title + " -> groups";
        }
        if (terminal instanceof Terminal.Complete) {
            return title + " -> event time";
        }
        if (terminal instanceof Terminal.Mark) {
            return title + " -> marks";
        }
        if (terminal instanceof Terminal.EmitKeyed) {
            return title + " -> keyed batch";
        }
        return title + (terminal instanceof Terminal.EmitSliced ? " -> exchange" : " -> batch");
    }

    private String base() {
        if (plan.terminal() instanceof Terminal.Complete) {
            return "CompletingPipeline";
        }
        return plan.source() ? "SourcePipeline" : "Pipeline";
    }

    private JavaWriter loop(Block row) {
        JavaWriter out = new JavaWriter(0);
        out.block("for (int row = 0, rows = in.rows(); row < rows; row++)");
        splitter.write(beforeRow, out);
        if (expressions.canFail()) {
            out.block("try");
            splitter.write(row, out);
            out.next("catch (RowError error)");
            out.line("failed(row, error, " + ExpressionEmitter.AT + ");");
            out.end();
        } else {
            splitter.write(row, out);
        }
        return out.end();
    }

    private JavaWriter fields() {
        JavaWriter out = new JavaWriter(0);
        frame.fields().forEach((field, type) -> out.line(type + " " + field + ";"));
        splitter.fields().forEach((field, type) -> out.line("private " + type + " " + field + ";"));
        return out;
    }

    private JavaWriter setUp() {
        JavaWriter out = new JavaWriter(0);
        frame.setUp().forEach(out::line);
        return out;
    }
}
