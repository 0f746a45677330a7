/**
 * Bytes to columns: what generated decoders of JSON and CSV stand on.
 *
 * <p>May import {@code type}, {@code memory}, {@code batch} and {@code kernel}. Start reading at {@link
 * io.leat.runtime.decode.RecordDecoder}.
 */
package io.leat.runtime.decode;
