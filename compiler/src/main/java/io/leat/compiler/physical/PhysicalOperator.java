package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.Pace;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.job.RankFunction;
import io.leat.runtime.job.WindowFunctionSpec;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import java.util.List;
import java.util.Optional;

/** An operator of a physical plan. Ids are unique in the job; inputs are edges of the runtime's graph. */
public sealed interface PhysicalOperator {
    int id();

    List<NodeSpec.Edge> inputs();

    /** An operator that stands for a place in the query. */
    sealed interface Located extends PhysicalOperator {
        Origin at();
    }

    /** Reads a source. */
    record SourceScan(int id, int source) implements PhysicalOperator {
        @Override
        public List<NodeSpec.Edge> inputs() {
            return List.of();
        }
    }

    /** Late or rejected rows of a scan; see {@link NodeSpec.SideRows}. */
    record SideScan(int id, int scan, boolean late, Schema schema, List<Integer> columns, int statement)
            implements PhysicalOperator {
        public SideScan {
            columns = List.copyOf(columns);
        }

        @Override
        public List<NodeSpec.Edge> inputs() {
            return List.of();
        }
    }

    /** Reads a table in memory. */
    record MemoryScan(int id, int source, int statement) implements PhysicalOperator {
        @Override
        public List<NodeSpec.Edge> inputs() {
            return List.of();
        }
    }

    /** Yields literal rows. */
    record LiteralRows(int id, Schema schema, List<List<Expr.Literal>> rows) implements PhysicalOperator {
        public LiteralRows {
            rows = rows.stream().map(List::copyOf).toList();
        }

        @Override
        public List<NodeSpec.Edge> inputs() {
            return List.of();
        }
    }

    /**
     * Fused steps from one place where rows rest to the next.
     *
     * @param input the columns that arrive
     * @param weighted whether the first of them is the weight of a change, which steps do not see
     * @param source whether rows come from a scan, with verdicts to be given
     * @param pace how watermarks go on, and by which rows are judged
     * @param rehearsed whether each row is worked through once without effect, because a row that multiplies may fail halfway
     * @param statements the ranks of the statements whose rows they are
     */
    record Pipeline(
            int id,
            List<NodeSpec.Edge> inputs,
            Schema input,
            boolean weighted,
            boolean source,
            Pace pace,
            boolean rehearsed,
            List<Integer> statements,
            List<Step> steps,
            Terminal terminal)
            implements PhysicalOperator {
        public Pipeline {
            inputs = List.copyOf(inputs);
            statements = List.copyOf(statements);
            steps = List.copyOf(steps);
        }

        /** Ids of the static tables that steps look into, each once. */
        public List<Integer> tablesUsed() {
            return steps.stream()
                    .filter(Step.StaticProbe.class::isInstance)
                    .map(step -> ((Step.StaticProbe) step).table())
                    .distinct()
                    .toList();
        }
    }

    /**
     * Groups the rows of a worker before they move, as long as that makes fewer of them; see {@link NodeSpec.Combine}.
     *
     * @param update puts rows into groups; the same as on the other side
     */
    record CombineGroups(int id, List<NodeSpec.Edge> inputs, HashAggregation aggregation, Pipeline update)
            implements PhysicalOperator {
        public CombineGroups {
            inputs = List.copyOf(inputs);
        }
    }

    /** Puts groups and rows that {@link CombineGroups} passes on into the groups that are kept. */
    record MergeGroups(int id, List<NodeSpec.Edge> inputs, HashAggregation aggregation, Pipeline update)
            implements PhysicalOperator {
        public MergeGroups {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * Emits the groups that its pipelines fed.
     *
     * @param bound of what is kept
     */
    record EmitGroups(
            int id,
            List<NodeSpec.Edge> inputs,
            HashAggregation aggregation,
            boolean alwaysEmits,
            Bound bound,
            Origin at)
            implements Located {
        public EmitGroups {
            inputs = List.copyOf(inputs);
        }
    }

    /** Keeps all rows and emits them in order. {@code limit} -1 for all. */
    record SortRows(
            int id, List<NodeSpec.Edge> inputs, Schema schema, List<NodeSpec.SortKey> keys, long limit, long offset)
            implements PhysicalOperator {
        public SortRows {
            inputs = List.copyOf(inputs);
            keys = List.copyOf(keys);
        }
    }

    /** Lets the first rows through. */
    record LimitRows(int id, List<NodeSpec.Edge> inputs, Schema schema, long limit, long offset)
            implements PhysicalOperator {
        public LimitRows {
            inputs = List.copyOf(inputs);
        }
    }

    /** Sums up rows that come and go; see {@link NodeSpec.Settle}. */
    record SettleRows(int id, List<NodeSpec.Edge> inputs, Schema input, Schema output, Origin at) implements Located {
        public SettleRows {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * Tells the first rows of each partition; see {@link NodeSpec.Rank}.
     *
     * @param bound of what is kept
     */
    record RankRows(
            int id,
            List<NodeSpec.Edge> inputs,
            PartitionSpec rows,
            RankFunction function,
            long limit,
            boolean ranked,
            Bound bound,
            Origin at)
            implements Located {
        public RankRows {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * Tells the rows of partitions with what window functions say of them; see {@link NodeSpec.Over}.
     *
     * @param bound of what is kept
     */
    record EvaluateWindows(
            int id,
            List<NodeSpec.Edge> inputs,
            PartitionSpec rows,
            List<WindowFunctionSpec> functions,
            List<FrameAggregation> totals,
            Bound bound,
            Origin at)
            implements Located {
        public EvaluateWindows {
            inputs = List.copyOf(inputs);
            functions = List.copyOf(functions);
            totals = List.copyOf(totals);
        }
    }

    /**
     * Fills a static table: key columns first, then the columns to keep.
     *
     * @param refresh after how many microseconds its rows are read again; 0 for never
     */
    record BuildTable(
            int id,
            List<NodeSpec.Edge> inputs,
            Schema schema,
            TableLayout layout,
            List<Field> columns,
            long refresh,
            Origin at)
            implements Located {
        public BuildTable {
            inputs = List.copyOf(inputs);
            columns = List.copyOf(columns);
        }
    }

    /**
     * Joins rows of two sides that go on.
     *
     * @param inputs those of the left side, then those of the right one
     * @param leftInputs how many of them are of the left side
     * @param bound what the two times of a pair must satisfy; empty if nothing
     * @param test what else a pair must satisfy: a pipeline that marks the pairs that do, whose input is {@code pairs}
     * @param pairs the columns of a pair: the weight if {@code output} has one, those of both sides, then the mark if there is a test
     * @param output rows that are emitted
     * @param weighted whether their first column is a weight
     * @param atOnce whether rows without partner are told at once, and taken back when one comes; otherwise when none can come any more
     * @param leftKept what bounds rows of the left side that no watermark frees
     * @param rightKept what bounds those of the right side
     */
    record JoinStreams(
            int id,
            List<NodeSpec.Edge> inputs,
            int leftInputs,
            JoinKind kind,
            NodeSpec.JoinSide left,
            NodeSpec.JoinSide right,
            Optional<NodeSpec.JoinBound> bound,
            Optional<Pipeline> test,
            Schema pairs,
            Schema output,
            boolean weighted,
            boolean atOnce,
            Bound leftKept,
            Bound rightKept,
            Origin at)
            implements Located {
        public JoinStreams {
            inputs = List.copyOf(inputs);
        }
    }

    /** Puts rows into sessions; see {@link NodeSpec.Sessions}. */
    record FormSessions(
            int id,
            List<NodeSpec.Edge> inputs,
            Schema schema,
            int keys,
            int timeColumn,
            long gap,
            long unit,
            Schema output)
            implements PhysicalOperator {
        public FormSessions {
            inputs = List.copyOf(inputs);
        }
    }

    /** Lets rows be there as long as a condition on the clock holds; see {@link NodeSpec.ClockFilter}. */
    record FilterByClock(
            int id,
            List<NodeSpec.Edge> inputs,
            Schema schema,
            boolean weighted,
            int keys,
            List<Long> from,
            List<Long> until,
            Schema output,
            Origin at)
            implements Located {
        public FilterByClock {
            inputs = List.copyOf(inputs);
            from = List.copyOf(from);
            until = List.copyOf(until);
        }
    }

    /**
     * Groups rows by session; see {@link NodeSpec.SessionGroups}.
     *
     * @param update groups the rows that arrive by hash, time and key
     */
    record GroupSessions(
            int id, List<NodeSpec.Edge> inputs, HashAggregation aggregation, Pipeline update, long gap, Origin at)
            implements Located {
        public GroupSessions {
            inputs = List.copyOf(inputs);
        }
    }

    /** Gives rows to a sink. */
    record Deliver(int id, List<NodeSpec.Edge> inputs, int sink, int statement) implements PhysicalOperator {
        public Deliver {
            inputs = List.copyOf(inputs);
        }
    }
}
