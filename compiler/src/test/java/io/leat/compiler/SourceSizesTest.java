package io.leat.compiler;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.compiler.explain.Explanation;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Roots;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sizes as files have them: what cannot be looked at has none, and is no reason to fail. */
class SourceSizesTest {
    private static final String TABLES = """
            CREATE TABLE one (k INT, v STRING) WITH (connector = 'filesystem', path = '${dir}/one${end}', format = 'csv');
            CREATE TABLE other (k INT, w STRING) WITH (connector = 'filesystem', path = '${dir}/other${end}', format = 'csv');
            SELECT v, w FROM one, other WHERE one.k = other.k;
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(directory.resolve("one"));
        Files.createDirectories(directory.resolve("other/deep"));
        Files.writeString(directory.resolve("one.csv"), "1,a\n".repeat(10));
        Files.writeString(directory.resolve("other.csv"), "1,a\n".repeat(5_000));
        Files.writeString(directory.resolve("one/a.csv"), "1,a\n".repeat(10));
        Files.writeString(directory.resolve("other/a.csv"), "1,a\n".repeat(10));
        Files.writeString(directory.resolve("other/deep/b.csv"), "1,a\n".repeat(5_000));
        pack("one.csv.gz", 10);
        pack("other.csv.gz", 200_000);
    }

    private void pack(String name, int rows) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(name)))) {
            out.write("1,a\n".repeat(rows).getBytes(StandardCharsets.UTF_8));
        }
    }

    private String plan(String end, Disk disk, Map<String, String> parameters) {
        CompileOptions options = CompileOptions.defaults()
                .withParameters(Map.of("dir", directory.toString(), "end", end))
                .withSizes(new SourceSizes(disk, parameters));
        return Explanation.plan(new QueryCompiler().compile(new SourceText("sizes.sql", TABLES), options));
    }

    private boolean turns(String end, Disk disk) {
        String plan = plan(end, disk, Map.of("dir", directory.toString(), "end", end));
        return plan.indexOf("scan other") < plan.indexOf("scan one");
    }

    @Test
    void filesDirectoriesAndPatternsHaveTheSizeOfWhatIsInThem() {
        for (String end : List.of(".csv", "", "/**/*.csv", ".csv.gz")) {
            assertTrue(turns(end, Disk.system()), end);
        }
    }

    @Test
    void whatIsNotThereHasNoSize() {
        String end = ".nowhere.csv";
        String plan = plan(end, Disk.system(), Map.of("dir", directory.toString(), "end", end));
        assertTrue(plan.indexOf("scan one") < plan.indexOf("scan other"), plan);
        String open = plan(".csv", Disk.system(), Map.of());
        assertTrue(open.indexOf("scan one") < open.indexOf("scan other"), open);
    }

    @Test
    void whatIsOutsideOfTheRootsIsNotLookedAt() throws IOException {
        Path inside = Files.createDirectories(directory.resolve("inside"));
        Disk confined = Roots.of(Disk.system(), List.of(inside)).confine(Disk.system(), List.of());
        assertFalse(turns(".csv", confined));
    }
}
