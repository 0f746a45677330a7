/**
 * Rules of the optimizer, one per file.
 *
 * <p>May import {@code type} to {@code logical}. Start reading at {@link io.leat.compiler.optimize.rule.Rule}.
 */
package io.leat.compiler.optimize.rule;
