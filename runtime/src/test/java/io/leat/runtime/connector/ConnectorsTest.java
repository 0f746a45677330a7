package io.leat.runtime.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectorsTest {

    @Test
    void allConnectorsAreInstalled() {
        assertEquals(
                List.of("blackhole", "datagen", "filesystem", "jdbc", "kafka", "memory", "print"),
                Connectors.installed().names());
    }
}
