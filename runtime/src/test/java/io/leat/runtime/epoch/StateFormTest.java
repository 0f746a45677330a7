package io.leat.runtime.epoch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.leat.runtime.connector.Hashes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The form of the small files of a state directory. */
class StateFormTest {
    private static final Pattern FORM = Pattern.compile("leat state (\\d+)\n");

    @Test
    void aNewerVersionIsRefused() {
        String now = new String(StateLines.write("state").put("job", "j").toBytes(), StandardCharsets.UTF_8);
        Matcher form = FORM.matcher(now);
        form.lookingAt();
        int version = Integer.parseInt(form.group(1));
        String text = "leat state " + (version + 1) + "\njob j\n";
        String file = text + "sha256 " + Hashes.of(text.getBytes(StandardCharsets.UTF_8)) + "\n";

        String message = assertThrows(
                        StateException.class,
                        () -> StateLines.read(Path.of("IDENTITY"), "state", file.getBytes(StandardCharsets.UTF_8)))
                .getMessage();

        assertEquals(
                "'IDENTITY' has the form 'state " + (version + 1) + "', and this program reads 'state " + version
                        + "': use the program that wrote it",
                message);
    }
}
