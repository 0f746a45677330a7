/**
 * Rows made up from a seed, for trying things out and for measuring.
 *
 * <p>A value depends on the seed, its partition, its row and its column, and on nothing else: neither on time nor on how many rows
 * a poll asks for. May import {@code connector}, {@code type}, {@code batch}, {@code kernel} and {@code platform}. Start reading
 * at {@link io.leat.runtime.connector.datagen.DatagenConnector}.
 */
package io.leat.runtime.connector.datagen;
