package io.leat.compiler.codegen;

import io.leat.grammar.source.Origin;
import java.util.ArrayList;
import java.util.List;

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
    record Declare(String type, String name, String value) implements Code {}

    /** Which part of the query follows: a comment in the source, and the line map's entry for what comes after. */
    record At(Origin origin, String operator) implements Code {}

    /** {@code if (condition) { body } else { otherwise }}; {@code otherwise} may be empty. */
    record Branch(String condition, Block body, Block otherwise) implements Code {}

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

        /** A block that runs if the condition holds. */
        Block when(String condition) {
            Block body = new Block();
            statements.add(new Branch(condition, body, new Block()));
            return body;
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
