/**
 * Rules of the optimizer, one per file.
 *
 * <p>May import {@code type} to {@code logical}, and {@code optimize.Rule}.
 */
package io.leat.compiler.optimize.rule;
