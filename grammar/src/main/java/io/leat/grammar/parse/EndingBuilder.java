package io.leat.grammar.parse;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.PipeOperator;
import io.leat.grammar.tree.Query;
import io.leat.grammar.tree.Query.Incoming;
import io.leat.grammar.tree.Query.Pipe;
import io.leat.grammar.tree.Statement;
import io.leat.grammar.tree.Statement.CreateTableAs;
import io.leat.grammar.tree.Statement.Fork;
import io.leat.grammar.tree.Statement.InsertInto;
import io.leat.grammar.tree.Statement.Outlets;
import io.leat.grammar.tree.Statement.Print;
import java.util.ArrayList;
import java.util.List;

/** Builds statements that begin with a query: what they are, its last step says. */
final class EndingBuilder {
    private final TreeBuilder build;

    EndingBuilder(TreeBuilder build) {
        this.build = build;
    }

    /**
     * A query on its own, or a pipe whose last step says where the rows go: the same statement as with that in front.
     *
     * @param outlets those in front of the last step
     * @param ending null if there is none
     */
    Statement end(Query query, List<QueryParser.OutletContext> outlets, QueryParser.EndingContext ending, Origin at) {
        if (ending instanceof QueryParser.DeliveredContext delivered) {
            List<QueryParser.OutletContext> all = new ArrayList<>(outlets);
            all.addAll(delivered.outlet());
            return deliver(query, delivered.destination(), build.outlets.outlets(all), at);
        }
        if (ending instanceof QueryParser.ForkContext fork) {
            build.outlets.none(outlets, "write it into the branches that it is meant for");
            return new Fork(query, branches(fork.branch()), at);
        }
        if (ending instanceof QueryParser.TeeContext tee) {
            build.outlets.none(outlets, "write it into the branches that it is meant for");
            return tee(query, tee, at);
        }
        return new Print(query, build.outlets.outlets(outlets), at);
    }

    private Statement deliver(Query query, QueryParser.DestinationContext destination, Outlets outlets, Origin at) {
        if (destination instanceof QueryParser.PipeInsertContext insert) {
            return new InsertInto(
                    build.names.name(insert.name()), build.names.columns(insert.columnList()), query, outlets, at);
        }
        QueryParser.PipeCreateContext create = (QueryParser.PipeCreateContext) destination;
        return new CreateTableAs(
                build.names.name(create.name()),
                create.orReplace() != null,
                create.ifNotExists() != null,
                build.tables.elements(create.tableElements()),
                build.tables.options(create.optionClause()),
                query,
                outlets,
                at);
    }

    /** A fork whose last branch is the rest of the pipe. */
    private Statement tee(Query query, QueryParser.TeeContext tee, Origin at) {
        Origin rest = Places.of(tee);
        return build.depth.below(1, rest, () -> {
            List<Statement> branches = new ArrayList<>(branches(tee.branch()));
            branches.add(end(incoming(tee.pipeOperator(), rest), tee.outlet(), tee.ending(), rest));
            return new Fork(query, branches, at);
        });
    }

    private List<Statement> branches(List<QueryParser.BranchContext> branches) {
        return branches.stream().map(this::branch).toList();
    }

    private Statement branch(QueryParser.BranchContext context) {
        QueryParser.PipeInParenthesesContext branch = (QueryParser.PipeInParenthesesContext) context;
        Origin at = Places.of(context);
        return end(incoming(branch.pipeOperator(), at), branch.outlet(), branch.ending(), at);
    }

    /**
     * What is done with the rows of a fork before the last step.
     *
     * @param at where the whole of it stands; if there is no step, it stands for the rows
     */
    private Query incoming(List<QueryParser.PipeOperatorContext> steps, Origin at) {
        if (steps.isEmpty()) {
            return new Incoming(at);
        }
        List<PipeOperator> operators = steps.stream().map(build.pipes::visit).toList();
        Origin first = Places.of(steps.get(0).getStart());
        return new Pipe(new Incoming(first), operators, first.to(Places.of(steps.get(steps.size() - 1))));
    }
}
