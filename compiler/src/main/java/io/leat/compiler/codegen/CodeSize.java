package io.leat.compiler.codegen;

/**
 * Guesses how many bytes of bytecode a line of Java becomes, from its words and signs. The guess decides where methods are cut;
 * the truth is measured after compilation, and if it is over budget the cut is made finer.
 */
final class CodeSize {
    private static final int PER_WORD = 3;
    private static final int PER_CALL = 2;
    private static final int PER_BRANCH = 6;

    private CodeSize() {}

    static int of(Code code) {
        if (code instanceof Code.Line line) {
            return ofText(line.text());
        }
        if (code instanceof Code.Declare declare) {
            return PER_WORD + ofText(declare.value());
        }
        if (code instanceof Code.Branch branch) {
            return PER_BRANCH + ofText(branch.condition()) + of(branch.body()) + of(branch.otherwise());
        }
        if (code instanceof Code.Attempt attempt) {
            return PER_BRANCH + of(attempt.body());
        }
        if (code instanceof Code.Loop loop) {
            return 2 * PER_BRANCH
                    + of(loop.declared())
                    + ofText(loop.condition())
                    + ofText(loop.step())
                    + of(loop.body());
        }
        return 0;
    }

    static int of(Code.Block block) {
        int total = 0;
        for (Code code : block.statements()) {
            total += of(code);
        }
        return total;
    }

    static int ofText(String text) {
        int words = 0;
        int calls = 0;
        int branches = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = Character.isLetterOrDigit(c) || c == '_' || c == '$';
            words += word && !inWord ? 1 : 0;
            inWord = word;
            calls += c == '(' ? 1 : 0;
            branches += c == '?' || c == '&' || c == '|' || c == '<' || c == '>' || c == '!' ? 1 : 0;
        }
        return words * PER_WORD + calls * PER_CALL + branches * PER_BRANCH / 2;
    }
}
