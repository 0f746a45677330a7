/** Generated decoders against Jackson. */
package io.leat.compiler.decode;
