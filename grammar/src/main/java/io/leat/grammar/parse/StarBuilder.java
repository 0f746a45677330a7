package io.leat.grammar.parse;

import io.leat.grammar.tree.Name;
import io.leat.grammar.tree.PipeOperator.Renaming;
import io.leat.grammar.tree.Query.Column;
import io.leat.grammar.tree.Query.StarChanges;
import java.util.List;
import java.util.Optional;

/** Builds what becomes of some of the columns that a star stands for. */
final class StarBuilder {
    private final TreeBuilder build;

    StarBuilder(TreeBuilder build) {
        this.build = build;
    }

    StarChanges changes(QueryParser.StarChangesContext context) {
        QueryParser.ChangesOfStarContext changes = (QueryParser.ChangesOfStarContext) context;
        return new StarChanges(
                excluded(changes.excludedColumns()),
                replaced(changes.replacedColumns()),
                renamed(changes.renamedColumns()));
    }

    private List<Name> excluded(QueryParser.ExcludedColumnsContext context) {
        if (context instanceof QueryParser.ColumnsLeftOutContext several) {
            return build.names.names(several.name());
        }
        return context instanceof QueryParser.ColumnLeftOutContext one
                ? List.of(build.names.name(one.name()))
                : List.of();
    }

    private List<Column> replaced(QueryParser.ReplacedColumnsContext context) {
        return context instanceof QueryParser.ReplacementsContext written
                ? written.replacement().stream().map(this::replacement).toList()
                : List.of();
    }

    private Column replacement(QueryParser.ReplacementContext context) {
        QueryParser.ReplaceColumnContext written = (QueryParser.ReplaceColumnContext) context;
        return new Column(
                build.expressions.visit(written.expression()),
                Optional.of(build.names.identifier(written.identifier())),
                Places.of(context));
    }

    private List<Renaming> renamed(QueryParser.RenamedColumnsContext context) {
        return context instanceof QueryParser.RenamingsContext written
                ? written.renaming().stream().map(this::renaming).toList()
                : List.of();
    }

    /** {@code a AS b}. */
    Renaming renaming(QueryParser.RenamingContext context) {
        QueryParser.RenameContext rename = (QueryParser.RenameContext) context;
        return new Renaming(
                build.names.identifier(rename.identifier(0)),
                build.names.identifier(rename.identifier(1)),
                Places.of(context));
    }
}
