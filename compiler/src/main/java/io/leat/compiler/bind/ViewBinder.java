package io.leat.compiler.bind;

import io.leat.compiler.bind.Explained.View;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The word behind EXPLAIN to what is shown. */
final class ViewBinder {
    private final Problems problems;

    ViewBinder(Problems problems) {
        this.problems = problems;
    }

    View view(Statement.Explain node) {
        if (node.view().isEmpty()) {
            return View.PLAN;
        }
        Identifier word = node.view().get();
        List<String> known = Arrays.stream(View.values()).map(View::name).toList();
        String written = Identifier.key(word.text()).toUpperCase(Locale.ROOT);
        if (known.contains(written)) {
            return View.valueOf(written);
        }
        throw problems.abandon(
                ErrorCode.NOT_SUPPORTED,
                word.at(),
                "there is no EXPLAIN " + word,
                Problems.meant(written, known, "EXPLAIN alone shows the plan; there is"));
    }
}
