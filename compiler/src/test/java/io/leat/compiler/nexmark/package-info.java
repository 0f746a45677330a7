/**
 * The queries of Nexmark, as they stand in {@code examples/nexmark}, against what DuckDB answers for the rows that are not late. The
 * questions to DuckDB are in {@code src/test/resources/nexmark}. Start reading at {@link io.leat.compiler.nexmark.NexmarkTest}.
 */
package io.leat.compiler.nexmark;
