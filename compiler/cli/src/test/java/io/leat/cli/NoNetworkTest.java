package io.leat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leat.cli.SystemCalls.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job over files, with all that it keeps in all its stores, asks nobody for anything: no host, no name. */
class NoNetworkTest {
    @TempDir
    Path directory;

    private Ended run(String connector) throws IOException, InterruptedException {
        assumeTrue(SystemCalls.canBeAlone(), "no process can have a network of its own here");
        assumeTrue(SystemCalls.canBeWatched(), "strace is not there, or may not look at processes");
        Shell shell = new Shell(directory);
        shell.file("in.json", "{\"k\":1,\"v\":2}\n{\"k\":2,\"v\":3}\n{\"k\":1,\"v\":4}\n");
        String query = shell.file("q.sql", """
                SET 'state.store' = 'chronicle';
                CREATE TABLE r (k INT, v INT) WITH (connector = 'filesystem', path = '${dir}/in.json', format = 'json', 'scan.mode' = 'stream');
                CREATE TABLE o (k INT, s BIGINT) WITH (%s);
                INSERT INTO o SELECT k, sum(v) FROM r GROUP BY k;
                """.formatted(connector));
        return SystemCalls.run(
                directory,
                List.of("unshare", "-rn"),
                List.of("-e", "trace=connect,sendto,sendmsg"),
                "run",
                query,
                "-Ddir=" + directory);
    }

    private static List<String> outbound(Ended ended) {
        return ended.calls().stream().filter(call -> call.contains("AF_INET")).toList();
    }

    @Test
    void aJobOverFilesAsksNobody() throws IOException, InterruptedException {
        Ended ended = run("connector = 'filesystem', path = '${dir}/out.json', format = 'json'");
        assertEquals(0, ended.exitValue(), ended.said());
        assertEquals(List.of(), outbound(ended));
    }

    /** What would be seen if it did. */
    @Test
    void aJobWithATopicDoes() throws IOException, InterruptedException {
        Ended ended = run("connector = 'kafka', topic = 't', format = 'json', 'connect.timeout' = '300 ms',"
                + " 'properties.bootstrap.servers' = '127.0.0.1:1', 'sink.delivery-guarantee' = 'at-least-once'");
        assertEquals(69, ended.exitValue(), ended.said());
        assertFalse(outbound(ended).isEmpty(), ended.calls().toString());
    }
}
