package io.leat.runtime.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.leat.runtime.connector.LookupCache;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.type.Schema;
import io.leat.runtime.window.Closing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An operator of the graph. Ids are unique in the job. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "node")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NodeSpec.Scan.class, name = "scan"),
    @JsonSubTypes.Type(value = NodeSpec.SideRows.class, name = "side-rows"),
    @JsonSubTypes.Type(value = NodeSpec.MemoryScan.class, name = "memory-scan"),
    @JsonSubTypes.Type(value = NodeSpec.Values.class, name = "values"),
    @JsonSubTypes.Type(value = NodeSpec.Fused.class, name = "pipeline"),
    @JsonSubTypes.Type(value = NodeSpec.Combine.class, name = "combine"),
    @JsonSubTypes.Type(value = NodeSpec.Merge.class, name = "merge"),
    @JsonSubTypes.Type(value = NodeSpec.Aggregate.class, name = "aggregate"),
    @JsonSubTypes.Type(value = NodeSpec.Sort.class, name = "sort"),
    @JsonSubTypes.Type(value = NodeSpec.Limit.class, name = "limit"),
    @JsonSubTypes.Type(value = NodeSpec.Settle.class, name = "settle"),
    @JsonSubTypes.Type(value = NodeSpec.Rank.class, name = "rank"),
    @JsonSubTypes.Type(value = NodeSpec.Over.class, name = "over"),
    @JsonSubTypes.Type(value = NodeSpec.Build.class, name = "build"),
    @JsonSubTypes.Type(value = NodeSpec.StreamJoin.class, name = "stream-join"),
    @JsonSubTypes.Type(value = NodeSpec.Sessions.class, name = "sessions"),
    @JsonSubTypes.Type(value = NodeSpec.ClockFilter.class, name = "clock-filter"),
    @JsonSubTypes.Type(value = NodeSpec.SessionGroups.class, name = "session-groups"),
    @JsonSubTypes.Type(value = NodeSpec.Deliver.class, name = "deliver"),
})
public sealed interface NodeSpec {
    int id();

    /** Where its rows come from; empty for a node that begins a phase. */
    List<Edge> inputs();

    /** A connection from another node of the same phase. */
    record Edge(int from, Distribution distribution) {}

    /** How rows find their worker. */
    enum Distribution {
        /** They stay where they are. */
        LOCAL,
        /** By virtual partition, from the hash in the last column. */
        BY_KEY,
        /** All to the first worker. */
        GATHER
    }

    /** Reads a source: all its partitions, spread over the workers. */
    record Scan(int id, int source) implements NodeSpec {
        @Override
        public List<Edge> inputs() {
            return List.of();
        }
    }

    /**
     * Rows of a scan that came late, or that were rejected: the source's columns, then reason, raw bytes, partition, offset and
     * watermark.
     *
     * @param scan the id of the scan
     * @param late whether late rows; otherwise rejected ones
     * @param columns for each of the first columns, its position in the source's schema; -1 for one that is not read
     * @param statement only rows that this statement refused; -1 for all statements
     */
    record SideRows(int id, int scan, boolean late, Schema schema, List<Integer> columns, int statement)
            implements NodeSpec {
        public SideRows {
            columns = List.copyOf(columns);
        }

        @Override
        public List<Edge> inputs() {
            return List.of();
        }
    }

    /** Reads a table in memory, the rows that statements before {@code statement} put there. */
    record MemoryScan(int id, int source, int statement) implements NodeSpec {
        @Override
        public List<Edge> inputs() {
            return List.of();
        }
    }

    /**
     * Yields rows that stand in the query. A query without FROM is computed from one row without columns.
     *
     * @param rows values as text, as {@link Literals} writes them; null for NULL
     */
    record Values(int id, Schema schema, List<List<String>> rows) implements NodeSpec {
        public Values {
            rows = rows.stream()
                    .map(row -> Collections.unmodifiableList(new ArrayList<>(row)))
                    .toList();
        }

        @Override
        public List<Edge> inputs() {
            return List.of();
        }
    }

    /**
     * A generated pipeline.
     *
     * @param className the generated class
     * @param statements the ranks of the statements whose rows they are
     * @param source whether its input is a scan, whose rows it judges
     * @param pace how watermarks go on
     * @param output the rows it emits; empty if it feeds the aggregate {@code aggregate}
     * @param aggregate the id of the aggregate it feeds, or -1
     * @param tables ids of the {@link Build} nodes whose tables it joins with
     */
    record Fused(
            int id,
            List<Edge> inputs,
            String className,
            List<Integer> statements,
            boolean source,
            Pace pace,
            Optional<Schema> output,
            int aggregate,
            List<Integer> tables,
            List<Constant> constants,
            List<String> positions)
            implements NodeSpec {
        public Fused {
            inputs = List.copyOf(inputs);
            statements = List.copyOf(statements);
            tables = List.copyOf(tables);
            constants = List.copyOf(constants);
            positions = List.copyOf(positions);
        }
    }

    /**
     * Groups the rows of a worker before they move to the workers that keep their groups, as long as that makes fewer of them: passes on
     * rows as they come, or {@link io.leat.runtime.state.PartialGroups#SCHEMA groups}.
     *
     * @param update puts rows into groups of the aggregate that it names
     * @param tableClass the generated table of the aggregate
     */
    record Combine(int id, List<Edge> inputs, Fused update, String tableClass, List<TableLayout> layouts)
            implements NodeSpec {
        public Combine {
            inputs = List.copyOf(inputs);
            layouts = List.copyOf(layouts);
        }
    }

    /**
     * Puts what a {@link Combine} passes on into the groups of an aggregate.
     *
     * @param update puts rows into groups of the aggregate that it names
     * @param tableClass the generated table of the aggregate
     */
    record Merge(int id, List<Edge> inputs, Fused update, String tableClass, List<TableLayout> layouts)
            implements NodeSpec {
        public Merge {
            inputs = List.copyOf(inputs);
            layouts = List.copyOf(layouts);
        }
    }

    /**
     * Groups rows that its pipelines put into its state, and emits them when windows close or all input has ended.
     *
     * @param tableClass the generated table
     * @param layouts of the groups, then of the sets of DISTINCT calls
     * @param perPartition whether rows of different source partitions are summed apart
     * @param alwaysEmits whether there is a result, of one row, even if no row came
     * @param changes whether each change of a result is emitted at once, with a weight in the first column
     * @param output the rows it emits
     * @param at {@code line:column} of it
     */
    record Aggregate(
            int id,
            List<Edge> inputs,
            Closing closing,
            String tableClass,
            List<TableLayout> layouts,
            boolean perPartition,
            boolean alwaysEmits,
            boolean changes,
            Schema output,
            String at)
            implements NodeSpec {
        public Aggregate {
            inputs = List.copyOf(inputs);
            layouts = List.copyOf(layouts);
        }
    }

    /** Orders all rows, and keeps the first {@code limit} after {@code offset}; -1 for no limit. */
    record Sort(int id, List<Edge> inputs, Schema schema, List<SortKey> keys, long limit, long offset)
            implements NodeSpec {
        public Sort {
            inputs = List.copyOf(inputs);
            keys = List.copyOf(keys);
        }
    }

    /** A column to order by. */
    record SortKey(int column, boolean descending, boolean nullsFirst) {}

    /** Passes the first {@code limit} rows after {@code offset}; -1 for no limit. */
    record Limit(int id, List<Edge> inputs, Schema schema, long limit, long offset) implements NodeSpec {
        public Limit {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * Sums up rows that come and go, and tells those that are there at the end.
     *
     * @param input the columns that arrive, the weight first
     * @param output the same columns without the weight
     * @param at {@code line:column} of what asks for it
     */
    record Settle(int id, List<Edge> inputs, Schema input, Schema output, String at) implements NodeSpec {
        public Settle {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * Tells the first rows of each partition.
     *
     * @param function how places are counted
     * @param limit the last place that is told
     * @param ranked whether the place comes behind the columns of the row
     * @param at {@code line:column} of it
     */
    record Rank(
            int id, List<Edge> inputs, PartitionSpec rows, RankFunction function, long limit, boolean ranked, String at)
            implements NodeSpec {
        public Rank {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * Tells the rows of partitions with what window functions say of them.
     *
     * @param functions one per added column
     * @param at {@code line:column} of it
     */
    record Over(
            int id,
            List<Edge> inputs,
            PartitionSpec rows,
            List<WindowFunctionSpec> functions,
            List<WindowFunctionSpec.Totals> totals,
            String at)
            implements NodeSpec {
        public Over {
            inputs = List.copyOf(inputs);
            functions = List.copyOf(functions);
            totals = List.copyOf(totals);
        }
    }

    /**
     * Fills a static table for later phases.
     *
     * @param refreshMicros after how long its rows are read again; 0 for never
     */
    record Build(int id, List<Edge> inputs, String name, String tableClass, TableLayout layout, long refreshMicros)
            implements NodeSpec {
        public Build {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * Joins rows of two sides that go on.
     *
     * @param inputs those of the left side, then those of the right one
     * @param leftInputs how many of them are of the left side
     * @param bound what the two times of a pair must satisfy; empty if nothing
     * @param test marks pairs in their last column; empty if a pair needs nothing but equal keys and the bound
     * @param pairs the columns of a pair: the weight if there is one, those of both sides, then the mark if there is a test
     * @param output rows that are emitted
     * @param weighted whether their first column is a weight
     * @param atOnce whether rows without partner are told at once, and taken back when one comes; otherwise when none can come any more
     * @param at {@code line:column} of it
     */
    record StreamJoin(
            int id,
            List<Edge> inputs,
            int leftInputs,
            JoinKind kind,
            JoinSide left,
            JoinSide right,
            Optional<JoinBound> bound,
            Optional<Fused> test,
            Schema pairs,
            Schema output,
            boolean weighted,
            boolean atOnce,
            String at)
            implements NodeSpec {
        public StreamJoin {
            inputs = List.copyOf(inputs);
        }

        /** See {@link JoinKind#isDoneWithPartner}. */
        public boolean isDoneWithPartner() {
            return kind.isDoneWithPartner(left, right);
        }
    }

    /**
     * A side of a join.
     *
     * @param schema the weight if there is one, the key columns, the columns of the row, the hash of the key
     * @param keys how many key columns there are
     */
    record JoinSide(Schema schema, boolean weighted, int keys) {
        /** The position of the row's first column. */
        public int firstColumn() {
            return (weighted ? 1 : 0) + keys;
        }
    }

    /** How the times of a pair are bound; columns count from a row's first one. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "bound")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = JoinBound.Distance.class, name = "distance"),
        @JsonSubTypes.Type(value = JoinBound.SameWindow.class, name = "window"),
        @JsonSubTypes.Type(value = JoinBound.AsOf.class, name = "as-of"),
        @JsonSubTypes.Type(value = JoinBound.Lookup.class, name = "lookup"),
    })
    sealed interface JoinBound {
        /**
         * {@code left - right} is at least {@code from} and at most {@code to} microseconds; times are columns plus a shift. One end may be
         * open: then rows of one side are kept as long as the other side goes on.
         */
        record Distance(int left, long leftShift, int right, long rightShift, long from, long to) implements JoinBound {
            /** For {@code from}: nothing frees rows of the left side before the right one ends. */
            public static final long OPEN_FROM = Long.MIN_VALUE;
            /** For {@code to}: nothing frees rows of the right side before the left one ends. */
            public static final long OPEN_TO = Long.MAX_VALUE;

            /** Whether rows of a side can be done with before the other side ends. */
            public boolean ends(boolean isLeft) {
                return isLeft ? from != OPEN_FROM : to != OPEN_TO;
            }
        }

        /** Both belong to the window that ends at these times. */
        record SameWindow(int leftEnd, int rightEnd) implements JoinBound {}

        /**
         * The last row of the right side whose {@code left - right} is at least {@code from} and at most {@code to}.
         *
         * @param to {@link Long#MAX_VALUE} for any
         * @param timed whether both are event times; otherwise only the end of the right side says what the last row is
         * @param ties columns of the right side in whose order rows of the same time follow each other
         * @param gone a column of the right side that says whether a row only ends the one before it; -1 for none
         * @param first whether of rows of the same time the first one counts, and not the last one
         */
        record AsOf(
                int left,
                long leftShift,
                int right,
                long rightShift,
                long from,
                long to,
                boolean timed,
                List<Integer> ties,
                int gone,
                boolean first)
                implements JoinBound {
            public AsOf {
                ties = List.copyOf(ties);
            }
        }

        /**
         * The rows that a table outside has for the key of a row of the left side; the right side has no inputs.
         *
         * @param options of the table, as written
         * @param keys columns of the right side that are asked for, in the order of the keys of the left one
         */
        record Lookup(
                String table, String connector, Map<String, OptionValue> options, List<Integer> keys, LookupCache cache)
                implements JoinBound {
            public Lookup {
                options = Map.copyOf(options);
                keys = List.copyOf(keys);
            }
        }
    }

    /**
     * Groups rows of a key by session: keeps what the aggregate needs of each session that is not over, and no rows. The groups of
     * sessions that a row brings together are merged.
     *
     * @param update groups rows by hash, time and key, in this order, in the table of the aggregate that it names
     * @param tableClass the generated table of the aggregate
     * @param gap in microseconds
     * @param output the rows it emits
     * @param at {@code line:column} of it
     */
    record SessionGroups(
            int id,
            List<Edge> inputs,
            Fused update,
            String tableClass,
            List<TableLayout> layouts,
            long gap,
            Schema output,
            String at)
            implements NodeSpec {
        public SessionGroups {
            inputs = List.copyOf(inputs);
            layouts = List.copyOf(layouts);
        }
    }

    /**
     * Puts rows into sessions, and lets them go on when their session is over.
     *
     * @param schema of the rows that arrive: the key columns, the columns of the row, the hash of the key
     * @param keys how many key columns there are
     * @param timeColumn which of the row's columns has its time, never NULL
     * @param gap how long nothing comes behind a session, in microseconds
     * @param unit what {@code window_time} stays behind the end, in microseconds
     * @param output the columns of the row, then start, end and time of its session
     */
    record Sessions(
            int id, List<Edge> inputs, Schema schema, int keys, int timeColumn, long gap, long unit, Schema output)
            implements NodeSpec {
        public Sessions {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * Lets rows be there from some moments of the clock on, and until others.
     *
     * @param schema of the rows that arrive: the weight if there is one, their moments, what they are spread by, the columns of the row,
     *     the hash
     * @param keys how many columns they are spread by beside the moments
     * @param from how far behind the first moments the row comes, in microseconds: when the clock has reached them all
     * @param until how far behind the other moments the row goes: when the clock has reached one of them
     * @param output the weight, then the columns of the row
     * @param at {@code line:column} of it
     */
    record ClockFilter(
            int id,
            List<Edge> inputs,
            Schema schema,
            boolean weighted,
            int keys,
            List<Long> from,
            List<Long> until,
            Schema output,
            String at)
            implements NodeSpec {
        public ClockFilter {
            inputs = List.copyOf(inputs);
            from = List.copyOf(from);
            until = List.copyOf(until);
        }
    }

    /** Gives rows to a sink. */
    record Deliver(int id, List<Edge> inputs, int sink, int statement) implements NodeSpec {
        public Deliver {
            inputs = List.copyOf(inputs);
        }
    }
}
