/**
 * Java source to class bytes. The only user of Janino.
 *
 * <p>May import {@code codegen} and, of the runtime, {@code job}. Start reading at {@link
 * io.leat.compiler.bytecode.ClassCompiler}.
 */
package io.leat.compiler.bytecode;
