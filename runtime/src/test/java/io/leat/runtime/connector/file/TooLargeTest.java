package io.leat.runtime.connector.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.Column;
import io.leat.runtime.connector.Source;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceReader.Status;
import io.leat.runtime.decode.DecoderContext;
import io.leat.runtime.decode.RawDecoder;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.decode.RecordDecoder;
import io.leat.runtime.decode.RejectReason;
import io.leat.runtime.decode.UnknownFields;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A record that is too large, from the file to the rejected row. */
class TooLargeTest extends ReadFiles {
    private static final Schema SCHEMA = new Schema(List.of(Field.nullable("line", Type.VARCHAR)));

    /** As it is generated for a table of one text column, to which every line of any size is welcome. */
    private static final class LineDecoder extends RawDecoder {
        private Column line;

        LineDecoder(DecoderContext context) {
            super(context);
        }

        @Override
        protected void bind(Batch batch) {
            line = batch.column(0);
        }

        @Override
        protected long record(long address, int row) {
            return readText(address, row, line);
        }
    }

    @Test
    void isRejectedWhateverTheFormat() throws IOException {
        byte[] large = new byte[20 * MIB];
        Arrays.fill(large, (byte) 'x');
        byte[] lines = joined("first\n".getBytes(UTF_8), large, "\nlast\n".getBytes(UTF_8));
        write("plain.txt", lines);
        write("packed.txt.gz", gzip(lines));
        for (String name : List.of("plain.txt", "packed.txt.gz")) {
            assertEquals(
                    List.of("first", "TOO_LARGE: larger than 16 MiB at 6", "last"), decoded(directory + "/" + name));
        }
    }

    private List<String> decoded(String path) {
        List<String> decoded = new ArrayList<>();
        DecoderContext context = new DecoderContext(
                SCHEMA, List.of("line"), Map.of("lines", "true"), Zone.UTC, new UnknownFields(), run.allocator());
        try (Source source = run.source("path", path, "format", "raw");
                SourceReader reader = source.reader(source.partitions().get(0));
                RecordChunk chunk = new RecordChunk(run.allocator());
                Batch batch = new Batch(SCHEMA, 16, run.allocator());
                RecordDecoder decoder = new LineDecoder(context)) {
            Status status = ((SourceReader.Records) reader).poll(chunk);
            while (status != Status.END) {
                if (status == Status.DATA) {
                    decoder.decode(chunk, batch, new Collected(batch, decoded));
                    batch.reset();
                }
                status = ((SourceReader.Records) reader).poll(chunk);
            }
        }
        return decoded;
    }

    private record Collected(Batch batch, List<String> into) implements RecordDecoder.Listener {
        @Override
        public void decoded(int row, int origin) {
            into.add(batch.column(0).getText(row));
        }

        @Override
        public void rejected(RecordChunk chunk, int origin, RejectReason why, String reason) {
            into.add(reason + " at " + chunk.offset(origin));
        }

        @Override
        public void absent(int origin) {
            into.add("absent");
        }
    }
}
