package io.leat.runtime.state.chronicle;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.leat.runtime.platform.Threads;
import io.leat.runtime.state.StateStore;
import io.leat.runtime.state.StateStoreContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-jdk")
class ChronicleStoreTest extends StateStoreContract {
    @Override
    protected StateStore.Factory stores() {
        return new ChronicleStores(Threads.system());
    }

    /** It would report every start to a public host. */
    @Test
    void analyticsAreNotOnTheClassPath() {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("net.openhft.chronicle.analytics.Analytics"));
    }
}
