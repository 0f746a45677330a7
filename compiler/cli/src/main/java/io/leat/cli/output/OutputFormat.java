package io.leat.cli.output;

/** How rows of results are written. */
public enum OutputFormat {
    /** A table with borders. */
    BOX,
    /** A JSON object per line. */
    NDJSON,
    /** As in RFC 4180, with a line of names. */
    CSV,
    /** The same with tabs. */
    TSV,
    /** A table for a document. */
    MARKDOWN
}
