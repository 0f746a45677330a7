package io.leat.runtime.connector.blackhole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkTraits;
import io.leat.runtime.platform.Platform;
import org.junit.jupiter.api.Test;

class BlackholeTest {

    @Test
    void rowsAreCounted() {
        try (ConnectorRun run = new ConnectorRun(new BlackholeConnector(), Platform.system());
                Sink sink = run.sink(false)) {
            run.write(sink, 0, 100);
            sink.endEpoch(1);
            run.write(sink, 0, 1);
            sink.finish();
            assertEquals("101 rows swallowed", sink.summary());
            assertEquals(SinkTraits.Changes.RETRACT, run.sinkTraits().changes());
            assertThrows(OptionException.class, () -> run.writing("path", "x"));
        }
    }
}
