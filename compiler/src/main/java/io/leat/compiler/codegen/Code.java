package io.leat.compiler.codegen;

import io.leat.grammar.source.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Statements of generated Java before they are laid out into methods. Small on purpose: what needs a loop of its own is a kernel.
 *
 * <p>A variable is declared once and its name is used nowhere else in the class, so that the layout may turn it into a field
 * when the statements that use it end up in different methods.
 */
sealed interface Code {

    /** A line of Java that stands for itself. */
    record Line(String text) implements Code {}

    /** {@code type name = value;} */
    record Declare(String type, String name, String value) implements Code {
        private static final Pattern CONSTANT = Pattern.compile("true|false|-?[0-9.]+[LDF]?");

        boolean isConstant() {
            return CONSTANT.matcher(value).matches();
        }
    }

    /** Which part of the query follows: a comment in the source, and the line map's entry for what comes after. */
    record At(Origin origin, String operator) implements Code {}

    /** {@code if (condition) { body } else { otherwise }}; {@code otherwise} may be empty. */
    record Branch(String condition, Block body, Block otherwise) implements Code {
        private static final Pattern UNSET_FLAG = Pattern.compile("!\\w+");

        /** Whether the condition, that a flag is not set, still says the same behind the branch. */
        private boolean goesOn() {
            return UNSET_FLAG.matcher(condition).matches()
                    && otherwise.isEmpty()
                    && !body.assigns(condition.substring(1));
        }
    }

    /** {@code try { body } catch (RowError failed) {}}: what fails is left undone. */
    record Attempt(Block body) implements Code {}

    /** {@code for (declared; condition; step) { body }}. */
    record Loop(Declare declared, String condition, String step, Block body) implements Code {}

    /** Statements in order. Emitters append to it. */
    final class Block {
        private final List<Code> statements = new ArrayList<>();

        List<Code> statements() {
            return statements;
        }

        boolean isEmpty() {
            return statements.isEmpty();
        }

        void line(String text) {
            statements.add(new Line(text));
        }

        void declare(String type, String name, String value) {
            statements.add(new Declare(type, name, value));
        }

        void at(Origin origin, String operator) {
            statements.add(new At(origin, operator));
        }

        /** A block that runs if the condition holds. Where the last one asked whether the same flag is not set, that goes on. */
        Block when(String condition) {
            int last = lastStatement();
            if (last >= 0
                    && statements.get(last) instanceof Branch branch
                    && branch.condition().equals(condition)
                    && branch.goesOn()) {
                // Variables that were declared in between start with constants, so they can be declared before.
                statements.add(statements.remove(last));
                return branch.body();
            }
            Block body = new Block();
            statements.add(new Branch(condition, body, new Block()));
            return body;
        }

        /** The last statement but declarations of variables that start with a constant. */
        private int lastStatement() {
            int last = statements.size() - 1;
            while (last >= 0 && statements.get(last) instanceof Declare declare && declare.isConstant()) {
                last--;
            }
            return last;
        }

        /** Whether a variable is given a value here. */
        private boolean assigns(String variable) {
            return statements.stream()
                    .anyMatch(code -> code instanceof Line line && line.text().startsWith(variable + " = ")
                            || code instanceof Branch branch
                                    && (branch.body().assigns(variable)
                                            || branch.otherwise().assigns(variable))
                            || code instanceof Attempt attempt && attempt.body().assigns(variable)
                            || code instanceof Loop loop && loop.body().assigns(variable));
        }

        /** Two blocks, of which one runs. */
        Branch choose(String condition) {
            Branch branch = new Branch(condition, new Block(), new Block());
            statements.add(branch);
            return branch;
        }

        Attempt attempt() {
            Attempt attempt = new Attempt(new Block());
            statements.add(attempt);
            return attempt;
        }

        Block loop(Declare declared, String condition, String step) {
            Block body = new Block();
            statements.add(new Loop(declared, condition, step, body));
            return body;
        }
    }
}
