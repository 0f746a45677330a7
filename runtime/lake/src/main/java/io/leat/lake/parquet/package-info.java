/**
 * Parquet files as tables: read by column, with row groups as pieces, and written.
 *
 * <p>The only user of Parquet's library, of which it takes the encodings of values and the structures of footers and pages; files, pages and
 * compression are here, since the library's own need Hadoop. May import of the runtime {@code connector}, {@code connector.format}, {@code decode},
 * {@code kernel}, {@code batch}, {@code memory} and {@code type}. Start reading at {@link io.leat.lake.parquet.ParquetFormat}; the design is in {@code docs/001-parquet.md}.
 */
package io.leat.lake.parquet;
