/**
 * Generated JSON and CSV decoders against Jackson and FastCSV, over random documents and over what is left of them when bytes are
 * changed. Start reading at {@link io.leat.compiler.decode.DecoderRun}.
 */
package io.leat.compiler.decode;
