/**
 * A sink that swallows rows, to see what a query costs without its output. May import {@code connector}. Start reading at {@link
 * io.leat.runtime.connector.blackhole.BlackholeConnector}.
 */
package io.leat.runtime.connector.blackhole;
