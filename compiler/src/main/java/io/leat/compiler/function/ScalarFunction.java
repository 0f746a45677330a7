package io.leat.compiler.function;

/**
 * A function of one row's values as a plan sees it and as generated code calls it: one overload, with types settled.
 *
 * <p>Arguments are never NULL when the kernel runs; a NULL argument makes the result NULL.
 *
 * @param name as printed in plans
 * @param kernel the Java method behind it
 * @param canFail whether it may throw a {@code RowError}
 * @param mayYieldNull whether it may yield NULL for arguments that are not
 * @param deterministic whether equal arguments give equal results, always
 */
public record ScalarFunction(String name, Kernel kernel, boolean canFail, boolean mayYieldNull, boolean deterministic) {

    /**
     * A method of the runtime's {@code kernel} package.
     *
     * @param owner simple name of its class; {@code zone} for a method of the job's zone
     * @param method its name, or a Java operator
     * @param form how it is called
     * @param arguments the call's arguments, in which {@code $0}, {@code $1} … stand for those of the function; empty for all of
     *     them in order
     */
    public record Kernel(String owner, String method, Form form, String arguments) {
        public static Kernel of(String owner, String method) {
            return new Kernel(owner, method, Form.STATIC, "");
        }

        public static Kernel of(String owner, String method, String arguments) {
            return new Kernel(owner, method, Form.STATIC, arguments);
        }

        public static Kernel owned(String owner, String method, String arguments) {
            return new Kernel(owner, method, Form.OWNED, arguments);
        }

        public static Kernel operator(String symbol) {
            return new Kernel("", symbol, Form.OPERATOR, "");
        }

        /** A value that is there without a call, such as the clock of the epoch. */
        public static Kernel value(String expression) {
            return new Kernel("", expression, Form.VALUE, "");
        }
    }

    /** How a kernel is called. */
    public enum Form {
        /** A static method. */
        STATIC,
        /** A method of an object that the call site owns, because it remembers something between rows. */
        OWNED,
        /** A Java operator. */
        OPERATOR,
        /** No call: a Java expression. */
        VALUE
    }
}
