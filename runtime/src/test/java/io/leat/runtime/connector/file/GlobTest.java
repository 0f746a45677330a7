package io.leat.runtime.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobTest {
    @TempDir
    Path root;

    @BeforeEach
    void someFiles() throws IOException {
        List<String> names = List.of(
                "a.json",
                "a.json.gz",
                "b.json",
                "B.json",
                "é.json",
                "_skipped.json",
                ".hidden.json",
                "[x].json",
                "day=1/a.json",
                "day=1/_SUCCESS",
                "day=1/.part.crc",
                "day=2/hour=3/b.csv",
                "_staging/part.json",
                ".git/c.json",
                "day.json/inside.json");
        for (String name : names) {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name + "\n");
        }
        Files.createDirectories(root.resolve("empty"));
    }

    private List<String> find(String pattern) {
        TablePath path = TablePath.parse("path", root + "/" + pattern);
        return DataFiles.find(Disk.system(), path).stream()
                .map(file -> root.relativize(file).toString())
                .toList();
    }

    private String missing(String pattern) {
        ConnectorException error = assertThrows(ConnectorException.class, () -> find(pattern));
        assertEquals(Kind.INPUT_MISSING, error.kind());
        return error.getMessage();
    }

    @Test
    void aDirectoryIsAllItsDataInByteOrder() {
        assertEquals(
                List.of(
                        "B.json",
                        "[x].json",
                        "a.json",
                        "a.json.gz",
                        "b.json",
                        "day.json/inside.json",
                        "day=1/a.json",
                        "day=2/hour=3/b.csv",
                        "é.json"),
                find(""));
    }

    @Test
    void wildcardsStandForParts() {
        assertEquals(
                List.of("B.json", "[x].json", "a.json", "b.json", "day.json/inside.json", "é.json"), find("*.json"));
        assertEquals(List.of("B.json", "a.json", "b.json", "é.json"), find("?.json"));
        assertEquals(List.of("a.json", "b.json"), find("[a-c].json"));
        assertEquals(List.of("B.json", "é.json"), find("[!a-c].json"));
        assertEquals(List.of("a.json", "a.json.gz"), find("a.*"));
        assertEquals(List.of("day=1/a.json"), find("day=?/*.json"));
    }

    @Test
    void bracesStandForAlternatives() {
        assertEquals(List.of("a.json", "b.json"), find("{a,b}.json"));
        assertEquals(List.of("a.json", "a.json.gz"), find("a.json{,.gz}"));
        assertEquals(List.of("day=1/a.json", "day=2/hour=3/b.csv"), find("day={1/a.json,2/hour={3,4}/b.csv}"));
    }

    @Test
    void twoStarsStandForDirectories() {
        assertEquals(List.of("day=2/hour=3/b.csv"), find("**/*.csv"));
        assertEquals(List.of("a.json", "day=1/a.json"), find("**/a.json"));
        assertEquals(find(""), find("**"));
        assertEquals(List.of("day=2/hour=3/b.csv"), find("day=2/**"));
    }

    @Test
    void matchedDirectoriesAreRead() {
        assertEquals(List.of("day=1/a.json", "day=2/hour=3/b.csv"), find("day=*"));
        assertEquals(List.of(), find("emp*"));
    }

    @Test
    void hiddenNamesMustBeMeant() {
        assertEquals(List.of("_skipped.json"), find("_skipped.json"));
        assertEquals(List.of("_skipped.json", "_staging/part.json"), find("_s*"));
        assertEquals(List.of(".hidden.json"), find(".h*"));
        assertEquals(List.of("_staging/part.json"), find("_staging"));
        assertEquals(List.of("_staging/part.json"), find("_staging/*"));
    }

    @Test
    void aFileWithBracketsInItsNameIsItself() {
        assertEquals(List.of("[x].json"), find("[x].json"));
        assertEquals(List.of("[x].json"), find("\\[x\\].js*"));
    }

    @Test
    void anEmptyDirectoryHasNoRowsButAMissingOneIsMissing() {
        assertEquals(List.of(), find("empty"));
        assertTrue(missing("nowhere").startsWith("there is no file '"));
        assertTrue(missing("nowhere/*").startsWith("no file matches '"));
        assertTrue(missing("*.xml").startsWith("no file matches '"));
        assertTrue(missing("nowhere/**").startsWith("no file matches '"));
    }

    @Test
    void aLinkBackIsNotFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("day=1/up"), root);
        Files.createSymbolicLink(root.resolve("day=2/there"), root.resolve("day=1"));
        assertEquals(
                List.of("day=2/hour=3/b.csv", "day=2/there/a.json"),
                find("day=2").stream().filter(file -> !file.contains("up")).toList());
        assertEquals(List.of("day=1/a.json"), find("day=1/a*"));
        assertTrue(find("").size() < 40);
    }

    @Test
    void brokenPatternsAreRefused() {
        for (String pattern : List.of("a{b", "a[b", "[z-a]", "{a,b}{c,d}".repeat(6))) {
            OptionException error =
                    assertThrows(OptionException.class, () -> TablePath.parse("path", "dir/" + pattern));
            assertTrue(error.getMessage().startsWith("'dir/" + pattern + "' is no path: "), error.getMessage());
        }
    }

    @Test
    void filesMayBeNamedByUri() {
        assertEquals(
                "/a/b c.json", TablePath.parse("path", "file:///a/b%20c.json").text());
        assertEquals("/a/b+c.json", TablePath.parse("path", "file:/a/b+c.json").text());
        assertEquals(
                "/a.json", TablePath.parse("path", "file://localhost/a.json").text());
        assertEquals("a:b/c", TablePath.parse("path", "a:b/c").text());
    }

    @Test
    void otherPlacesAreRefused() {
        for (String path : List.of("s3://bucket/key", "s3://bucket", "hdfs:/x", "file://other/x", "file:///%zz", "")) {
            assertThrows(OptionException.class, () -> TablePath.parse("path", path), path);
        }
    }
}
