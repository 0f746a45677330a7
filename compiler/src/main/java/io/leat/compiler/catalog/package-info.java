/**
 * Tables and views as a query sees them.
 *
 * <p>May import {@code grammar.source}, {@code grammar.tree}, {@code runtime.type}, {@code runtime.connector}, {@code
 * runtime.job} (option values) and {@code expr}. Start reading at {@link io.leat.compiler.catalog.Table}.
 */
package io.leat.compiler.catalog;
