package io.leat.compiler.codegen;

import java.util.function.Function;

/** Takes the classes of a job as they are written. */
@FunctionalInterface
interface ClassWriter {
    /**
     * Has a class written, in finer and finer pieces until it is within the budgets, and keeps it.
     *
     * @param attempt writes it within a budget
     */
    GeneratedClass write(Function<Budget, GeneratedClass> attempt);
}
