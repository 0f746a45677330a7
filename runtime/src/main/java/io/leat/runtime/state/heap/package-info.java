/** State on the Java heap: the reference that the off-heap store is tested against, and what serves where that cannot run. */
package io.leat.runtime.state.heap;
