package io.leat.compiler.bind;

import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Window;
import java.util.List;
import java.util.Optional;

/** The windows of a WINDOW clause, and windows that go on from them. */
final class NamedWindows {
    private final Problems problems;
    private final List<Window.Named> named;

    NamedWindows(Problems problems, List<Window.Named> named) {
        this.problems = problems;
        this.named = named;
    }

    /** Says what is wrong with the names themselves. */
    void check() {
        for (int i = 0; i < named.size(); i++) {
            Identifier name = named.get(i).name();
            if (named.subList(0, i).stream().anyMatch(each -> each.name().key().equals(name.key()))) {
                problems.add(
                        ErrorCode.MISPLACED_CLAUSE,
                        name.at(),
                        "the window '" + name + "' is declared twice",
                        "give one of them another name");
            }
        }
    }

    /** The window with everything that it takes over from others; empty if that makes no sense, which has been said then. */
    Optional<Window> resolve(Window window) {
        return resolve(window, named.size());
    }

    /**
     * @param before how many of the named windows it may speak of
     */
    private Optional<Window> resolve(Window window, int before) {
        if (window.base().isEmpty()) {
            return Optional.of(window);
        }
        Identifier name = window.base().get();
        for (int i = 0; i < before; i++) {
            if (named.get(i).name().key().equals(name.key())) {
                return resolve(named.get(i).window(), i).flatMap(base -> merge(base, window, name));
            }
        }
        String known = String.join(
                ", ", named.stream().map(each -> each.name().toString()).toList());
        return fail(
                ErrorCode.UNKNOWN_COLUMN,
                name.at(),
                "no window '" + name + "'" + (before < named.size() ? " before this one" : ""),
                known.isEmpty() ? "declare it: WINDOW " + name + " AS (PARTITION BY …)" : "there is " + known);
    }

    private Optional<Window> fail(ErrorCode code, Origin at, String message, String help) {
        problems.add(code, at, message, help);
        return Optional.empty();
    }

    private Optional<Window> merge(Window base, Window window, Identifier name) {
        if (!window.partitionBy().isEmpty()) {
            return fail(
                    ErrorCode.MISPLACED_CLAUSE,
                    window.at(),
                    "the window '" + name + "' says already how rows are partitioned",
                    "leave PARTITION BY out, or leave out " + name);
        }
        if (!window.orderBy().isEmpty() && !base.orderBy().isEmpty()) {
            return fail(
                    ErrorCode.MISPLACED_CLAUSE,
                    window.at(),
                    "the window '" + name + "' says already how rows are ordered",
                    "leave ORDER BY out, or leave out " + name);
        }
        boolean adds = !window.orderBy().isEmpty() || window.frame().isPresent();
        if (adds && base.frame().isPresent()) {
            return fail(
                    ErrorCode.MISPLACED_CLAUSE,
                    window.at(),
                    "the window '" + name + "' has a frame, and nothing can be added to it",
                    "leave the frame out in WINDOW " + name);
        }
        return Optional.of(new Window(
                Optional.empty(),
                base.partitionBy(),
                base.orderBy().isEmpty() ? window.orderBy() : base.orderBy(),
                window.frame().or(base::frame),
                window.at()));
    }
}
