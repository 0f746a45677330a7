package io.leat.runtime.state.chronicle;

import io.leat.runtime.platform.Threads;
import io.leat.runtime.state.StateStore;
import io.leat.runtime.state.WindowStateContract;
import org.junit.jupiter.api.Tag;

@Tag("every-jdk")
class ChronicleWindowsTest extends WindowStateContract {
    @Override
    protected StateStore.Factory stores() {
        return new ChronicleStores(Threads.system());
    }
}
