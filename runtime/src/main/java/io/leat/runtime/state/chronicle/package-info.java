/**
 * State in Chronicle Map: off-heap, no garbage. The only user of Chronicle's classes.
 *
 * <p>Maps are anonymous memory: nothing here survives the process, and nothing needs to. Start reading at {@link
 * io.leat.runtime.state.chronicle.ChronicleStores}.
 */
package io.leat.runtime.state.chronicle;
