/**
 * Rules about types: which convert to which, what two have in common, what arithmetic yields.
 *
 * <p>May import {@code runtime.type}. Start reading at {@link io.leat.compiler.type.Coercion}.
 */
package io.leat.compiler.type;
