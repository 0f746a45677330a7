package io.leat.compiler.bind;

import io.leat.compiler.catalog.Catalog;
import io.leat.compiler.catalog.SideTables;
import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.View;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Name;
import io.leat.grammar.tree.Query;
import io.leat.grammar.tree.Script;
import io.leat.grammar.tree.Statement;
import io.leat.grammar.tree.Statement.Outlets;
import io.leat.grammar.tree.StatementVisitor;
import io.leat.runtime.connector.OptionSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Query files to plans: resolves every name, gives every expression its type, and refuses what makes no sense. A statement sees the
 * tables and views declared before it.
 */
public final class Binder {
    private final Problems problems;
    private final LikeBinder likes;
    private final SettingBinder.Settings settings;
    private final Context outset;
    private final List<BoundStatement> statements = new ArrayList<>();
    private final Map<Integer, Explained> explained = new HashMap<>();
    private final List<Routing> routings = new ArrayList<>();
    private Catalog catalog = Catalog.EMPTY;
    private Optional<Context.Incoming> incoming = Optional.empty();

    /** Late or rejected rows of a table that go somewhere; bound when all statements are known. */
    private record Routing(Table source, Outlets outlets, Origin at) {}

    private Binder(Script script, BindOptions options) {
        this.problems = new Problems();
        this.likes = new LikeBinder(problems, new HashMap<>());
        options.brokenNames().forEach(problems::addBroken);
        this.settings = new SettingBinder(problems).bind(script.statements());
        this.outset = new Context(
                catalog,
                problems,
                settings.zone(),
                0,
                options.parameters(),
                options.streamEnd(),
                new Lookout(options.roots()),
                settings.scan(),
                Optional.empty(),
                Optional.empty());
    }

    /** For a statement that is bound as if it were alone in the file, among what is declared so far. */
    private Binder(Binder file) {
        this.problems = file.problems;
        this.likes = file.likes.copy();
        this.settings = file.settings;
        this.outset = file.outset;
        this.catalog = file.catalog;
        this.incoming = file.incoming;
    }

    /**
     * Binds all statements of a file.
     *
     * @param found takes everything there is to say; with an error among it the result is of no use
     */
    public static BoundScript bind(Script script, BindOptions options, List<Diagnostic> found) {
        Binder binder = new Binder(script, options);
        script.statements().forEach(binder::statement);
        binder.routings.forEach(
                routing -> binder.guarded(() -> binder.route(routing.source(), -1, routing.outlets(), routing.at())));
        new PrintChecks(binder.problems).check(binder.statements);
        found.addAll(binder.problems.all());
        return binder.script();
    }

    /** What {@code SET} statements can say. */
    public static List<OptionSpec> settings() {
        return SettingBinder.known();
    }

    private BoundScript script() {
        return new BoundScript(statements, explained, settings.zone(), settings.parallelism(), settings.job());
    }

    private Context context() {
        return new Context(
                catalog,
                problems,
                outset.zone(),
                statements.size(),
                outset.parameters(),
                outset.streamEnd(),
                outset.lookout(),
                outset.scan(),
                incoming,
                Optional.empty());
    }

    private void statement(Statement statement) {
        problems.beginStatement();
        int before = problems.errors();
        guarded(() -> StatementVisitor.visit(statement, new StatementBinder()));
        if (problems.errors() == before) {
            problems.endStatement();
        }
    }

    /** A statement that is abandoned leaves the others as they are. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (Problems.Abandoned e) {
            // Its diagnostic is among the problems.
        }
    }

    /** A name declared by a statement that turns out wrong: whoever uses it must not be told that it does not exist. */
    private void declaring(Name name, Runnable work) {
        try {
            work.run();
        } catch (Problems.Abandoned e) {
            problems.addBroken(name.toString());
            throw e;
        }
    }

    private final class StatementBinder implements StatementVisitor<Void> {
        @Override
        public Void createTable(Statement.CreateTable node) {
            declaring(node.name(), () -> declare(node));
            return null;
        }

        @Override
        public Void createTableAs(Statement.CreateTableAs node) {
            declaring(node.name(), () -> createAs(node));
            return null;
        }

        @Override
        public Void createView(Statement.CreateView node) {
            declaring(node.name(), () -> {
                // Bound here for its errors only; whoever names the view binds it again.
                new FromBinder(new QueryBinder(context()))
                        .view(view(node.name(), node.columns(), node.query(), node.at()));
                new TableBinder(context())
                        .checkFree(
                                node.name().toString(),
                                node.orReplace(),
                                node.name().at());
                catalog = catalog.with(view(node.name(), node.columns(), node.query(), node.at()));
            });
            return null;
        }

        @Override
        public Void createMaterializedView(Statement.CreateMaterializedView node) {
            declaring(node.name(), () -> materialize(node));
            return null;
        }

        @Override
        public Void insertInto(Statement.InsertInto node) {
            insert(node);
            return null;
        }

        @Override
        public Void print(Statement.Print node) {
            LogicalPlan plan = query(node.query(), node.outlets());
            add(new SinkBinder(context()).print("query", plan, node.outlets().emit(), node.at()), node.outlets());
            return null;
        }

        @Override
        public Void fork(Statement.Fork node) {
            Optional<Context.Incoming> around = incoming;
            incoming = Optional.of(new Context.Incoming(node.input(), catalog, around));
            node.branches().forEach(Binder.this::statement);
            incoming = around;
            return null;
        }

        @Override
        public Void explain(Statement.Explain node) {
            Explained.View view = new ViewBinder(problems).view(node);
            // On its own, for it is not run: what it declares is not there, and nothing is written.
            Binder alone = new Binder(Binder.this);
            StatementVisitor.visit(node.statement(), alone.new StatementBinder());
            if (alone.statements.isEmpty()) {
                throw problems.abandon(
                        ErrorCode.NOT_SUPPORTED,
                        node.at(),
                        "there is nothing to explain: this statement moves no rows",
                        "explain a query, an INSERT INTO or a CREATE TABLE … AS");
            }
            Explained asked = new Explained(view, alone.script(), node.at());
            explained.put(statements.size(), asked);
            statements.add(asked.answer(List.of()));
            return null;
        }

        @Override
        public Void setOption(Statement.SetOption node) {
            // Settings hold for the whole file and were read first.
            return null;
        }
    }

    // ---- declarations
    // --------------------------------------------------------------------------------------------------

    private void declare(Statement.CreateTable written) {
        String name = written.name().toString();
        if (written.ifNotExists() && catalog.has(name)) {
            return;
        }
        Statement.CreateTable node = likes.inFull(written, context());
        if (SideTables.sourceOf(name).isPresent()) {
            problems.add(
                    ErrorCode.DUPLICATE_TABLE,
                    node.name().at(),
                    "names that end in $late or $rejected belong to the tables of that name that every source has",
                    "choose another name");
        }
        TableBinder binder = new TableBinder(context());
        Table table =
                binder.bind(name, node.elements(), node.options(), node.name().at());
        catalog = binder.declare(table, node.orReplace(), node.name().at());
        likes.note(node);
        refuseEmit(node.outlets());
        if (node.outlets().lateInto().isPresent() || node.outlets().rejectInto().isPresent()) {
            routings.add(new Routing(table, node.outlets(), node.at()));
        }
    }

    private void refuseEmit(Outlets outlets) {
        outlets.emit()
                .ifPresent(emit -> problems.add(
                        ErrorCode.MISPLACED_CLAUSE, emit.at(), "EMIT belongs to a query, and this is a table"));
    }

    private static View view(Name name, List<Identifier> columns, Query query, Origin at, Catalog scope) {
        return new View(name.toString(), columns, query, scope, at);
    }

    private View view(Name name, List<Identifier> columns, Query query, Origin at) {
        return view(name, columns, query, at, catalog);
    }

    private void createAs(Statement.CreateTableAs node) {
        String name = node.name().toString();
        if (node.ifNotExists() && catalog.has(name)) {
            return;
        }
        LogicalPlan plan = query(node.query(), node.outlets());
        TableBinder binder = new TableBinder(context());
        Table table = binder.ofQuery(
                name, node.elements(), node.options(), plan, node.name().at());
        BoundStatement bound = new SinkBinder(context())
                .write(
                        "CREATE TABLE " + name,
                        plan,
                        table,
                        List.of(),
                        node.outlets().emit(),
                        true,
                        node.at(),
                        node.query().at());
        catalog = binder.declare(table, node.orReplace(), node.name().at());
        likes.forget(name);
        add(bound, node.outlets());
    }

    /**
     * A materialized view with a place of its own is written there, and whoever reads it in this file reads its query; one without is a
     * table in memory.
     */
    private void materialize(Statement.CreateMaterializedView node) {
        if (node.freshness().isPresent()) {
            problems.add(
                    ErrorCode.NOT_SUPPORTED,
                    node.freshness().get().at(),
                    "FRESHNESS is not supported yet",
                    "leave it out: files and topics get their rows at every epoch");
        }
        View view = view(node.name(), node.columns(), node.query(), node.at());
        LogicalPlan plan =
                patient(new FromBinder(new QueryBinder(context())).view(view).plan(), node.outlets());
        TableBinder binder = new TableBinder(context());
        Table table = binder.ofQuery(
                view.name(), List.of(), node.options(), plan, node.name().at());
        BoundStatement bound = new SinkBinder(context())
                .write(
                        "CREATE MATERIALIZED VIEW " + view.name(),
                        plan,
                        table,
                        List.of(),
                        node.outlets().emit(),
                        true,
                        node.at(),
                        node.query().at());
        binder.checkFree(view.name(), node.orReplace(), node.name().at());
        catalog = node.options().isEmpty() ? catalog.with(table) : catalog.with(view);
        likes.forget(view.name());
        add(bound, node.outlets());
    }

    // ---- rows
    // ----------------------------------------------------------------------------------------------------------

    private LogicalPlan query(Query query, Outlets outlets) {
        int before = problems.errors();
        LogicalPlan plan = new QueryBinder(context()).shown(query).plan();
        if (problems.errors() > before) {
            throw new Problems.Abandoned();
        }
        return patient(plan, outlets);
    }

    /** Which rows are late for a statement is decided by its own clause, whatever views it reads. */
    private LogicalPlan patient(LogicalPlan plan, Outlets outlets) {
        return outlets.emit()
                .map(emit -> new EmitBinder(context()).patient(plan, emit))
                .orElse(plan);
    }

    private void insert(Statement.InsertInto node) {
        Table table = target(node.table());
        LogicalPlan plan = query(node.query(), node.outlets());
        add(
                new SinkBinder(context())
                        .write(
                                "INSERT INTO " + table.name(),
                                plan,
                                table,
                                node.columns(),
                                node.outlets().emit(),
                                false,
                                node.table().at(),
                                node.query().at()),
                node.outlets());
    }

    private Table target(Name name) {
        String text = name.toString();
        Optional<Table> table = catalog.table(text);
        if (table.isPresent()) {
            return table.get();
        }
        if (catalog.view(text).isPresent()) {
            throw problems.abandon(
                    ErrorCode.WRONG_DIRECTION,
                    name.at(),
                    "'" + text + "' is a view, and rows go into tables",
                    "declare it with CREATE TABLE");
        }
        if (problems.isBroken(text)) {
            throw new Problems.Abandoned();
        }
        throw problems.abandon(
                ErrorCode.UNKNOWN_TABLE,
                name.at(),
                "no table '" + text + "'",
                catalog.names().isEmpty()
                        ? "declare it with CREATE TABLE"
                        : Problems.meant(text, catalog.names(), "declare it with CREATE TABLE; there is"));
    }

    private void add(BoundStatement statement, Outlets outlets) {
        if (problems.errors() == 0) {
            new StateChecks(problems).check(statement.plan());
            new RefreshBinder(context()).check(statement.plan());
        }
        int rank = statements.size();
        statements.add(statement);
        if (outlets.lateInto().isPresent() || outlets.rejectInto().isPresent()) {
            Table source = new RowSources(context()).only(statement.plan(), outlets);
            route(source, rank, outlets, statement.at());
        }
    }

    /** Late and rejected rows on their way to the tables that were named for them. */
    private void route(Table source, int refusedBy, Outlets outlets, Origin at) {
        outlets.lateInto().ifPresent(name -> route(source, true, refusedBy, name, at));
        outlets.rejectInto().ifPresent(name -> route(source, false, refusedBy, name, at));
    }

    private void route(Table source, boolean late, int refusedBy, Name into, Origin at) {
        Table table = target(into);
        FromBinder from = new FromBinder(new QueryBinder(context()));
        Table side = from.sideTable(source, late, into.at());
        LogicalPlan scan = LogicalPlan.Scan.of(side, statements.size(), refusedBy, at);
        String title = (late ? "LATE INTO " : "REJECT INTO ") + table.name();
        LogicalPlan rows = new RowSources(context()).byName(scan, side, table, into.at());
        statements.add(new SinkBinder(context())
                .write(title, rows, table, List.of(), Optional.empty(), false, into.at(), into.at()));
    }
}
