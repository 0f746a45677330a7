package io.leat.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.kernel.RowError.Reason;
import org.junit.jupiter.api.Test;

class RowsTest {
    @Test
    void oneRowOrNoneIsAValue() {
        assertTrue(Rows.atMostOne(0));
        assertTrue(Rows.atMostOne(1));
    }

    @Test
    void moreAreAnError() {
        RowError error = assertThrows(RowError.class, () -> Rows.atMostOne(2));
        assertEquals(Reason.MORE_THAN_ONE_ROW, error.reason());
    }
}
