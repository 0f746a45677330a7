package io.leat.runtime.connector.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.ConnectorRun;
import io.leat.runtime.connector.FormatSpec;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.platform.Platform;
import java.io.IOException;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs no broker. */
class KafkaOptionsTest {
    private final ConnectorRun run = new ConnectorRun(new KafkaConnector(), Platform.system());

    @AfterEach
    void close() {
        run.close();
    }

    private static String[] with(String... more) {
        List<String> all =
                new ArrayList<>(List.of("topic", "t", "properties.bootstrap.servers", "h:1", "format", "json"));
        all.addAll(Arrays.asList(more));
        return all.toArray(new String[0]);
    }

    private OptionException refused(String... more) {
        return assertThrows(OptionException.class, () -> run.sourceTraits(with(more)));
    }

    @Test
    void traitsFollowTheOptions() {
        SourceTraits traits = run.sourceTraits(with());
        assertEquals(End.UNBOUNDED, traits.end());
        assertTrue(traits.stream());
        assertFalse(traits.once());
        assertFalse(traits.format().orElseThrow().lines());
        assertTrue(traits.keyFormat().isEmpty());
        SourceTraits bounded = run.sourceTraits(with("scan.bounded.mode", "latest-offset"));
        assertEquals(End.BOUNDED, bounded.end());
        assertFalse(bounded.stream());
    }

    @Test
    void keysHaveAFormatOfTheirOwn() {
        SourceTraits traits = run.sourceTraits(with(
                "key.format", "csv",
                "key.fields", "a; b",
                "key.csv.field-delimiter", "|",
                "value.fields-include", "EXCEPT_KEY"));
        FormatSpec key = traits.keyFormat().orElseThrow();
        assertEquals("csv", key.name());
        assertEquals(List.of("a", "b"), key.fields());
        assertEquals("|", key.setting("field-delimiter", ""));
        assertFalse(key.lines());
        assertEquals(List.of("a", "b"), traits.format().orElseThrow().without());
        assertEquals(
                List.of(),
                run.sourceTraits(with("key.format", "raw", "key.fields", "a"))
                        .format()
                        .orElseThrow()
                        .without());
    }

    @Test
    void namesOfOthersAreUnderstood() {
        Options options = run.reading(
                "topic", "t", "bootstrap.servers", "h:1", "value.format", "json", "value.csv.null-literal", "x");
        assertEquals("h:1", options.required("properties.bootstrap.servers"));
        assertEquals("x", options.required("csv.null-literal"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "key.fields|a|columns of a key need 'key.format'",
                "scan.startup.mode|timestamp|start mode 'timestamp' needs option 'scan.startup.timestamp-millis'",
                "scan.startup.mode|specific-offsets|start mode 'specific-offsets' needs option 'scan.startup.specific-offsets'",
                "username|a|option 'password' is missing",
                "password|a|option 'username' is missing",
                "properties.sasl.mechanism|GSSAPI|there is no login by 'GSSAPI'",
                "properties.sasl.jaas.config|x|option 'properties.sasl.jaas.config' is refused, since it names code to be run",
                "properties.interceptor.classes|x|option 'properties.interceptor.classes' is refused, since it names code to be run",
                "properties.metric.reporters|x|option 'properties.metric.reporters' is refused, since it names code to be run",
                "properties.config.providers|x|option 'properties.config.providers' is refused, since it names code to be run",
                "properties.config.providers.f.class|x|option 'properties.config.providers.f.class' is refused, since it names code to be run",
                "properties.key.deserializer|x|option 'properties.key.deserializer' is refused, since it names code to be run",
                "properties.sasl.login.callback.handler.class|x|option 'properties.sasl.login.callback.handler.class' is refused, since it names code to be run",
                "properties.sasl.oauthbearer.token.endpoint.url|x|option 'properties.sasl.oauthbearer.token.endpoint.url' is not one that a table may set",
                "properties.enable.auto.commit|true|option 'properties.enable.auto.commit' is not one that a table may set",
                "properties.isolation.level|read_uncommitted|option 'properties.isolation.level' is not one that a table may set",
                "scan.start.mode|x|unknown option 'scan.start.mode'",
                "scan.startup.mode|group-offsets|option 'scan.startup.mode' is 'group-offsets', which is not one of earliest-offset, latest-offset, specific-offsets, timestamp",
            })
    void badOptionsSaySo(String key, String value, String message) {
        assertEquals(message, refused(key, value).getMessage());
    }

    @Test
    void aNearMissIsSuggested() {
        assertTrue(refused("properties.fetch.max.byte", "1")
                .help()
                .startsWith("did you mean 'properties.fetch.max.bytes'? "));
        assertEquals(
                "one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512",
                refused("username", "a", "password", "b").help());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"partition:0", "partition:0,offset:-1", "0:5", "partition:0,offset:1,", "offset:1,partition:0"})
    void startOffsetsAreChecked(String offsets) {
        assertEquals(
                "'" + offsets + "' is not the offset of a partition",
                refused("scan.startup.mode", "specific-offsets", "scan.startup.specific-offsets", offsets)
                        .getMessage());
    }

    @Test
    void startOffsetsAreRead() {
        Options options = run.reading(with(
                "scan.startup.mode", "specific-offsets",
                "scan.startup.specific-offsets", "partition:0,offset:42; partition:1,offset:300"));
        assertEquals(new StartOffsets.Specific(Map.of(0, 42L, 1, 300L)), StartOffsets.of(options));
    }

    // ---- logging in

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "with space",
                "quote\"",
                "back\\slash\\",
                "\\\"",
                "semi;colon",
                "a=b",
                "é€",
                "new\nline\r",
                "'",
                "\\n"
            })
    void loginLinesKeepEveryText(String text) throws IOException {
        String line = ClientProperties.loginLine(false, text, text + "2");
        // As the library reads it.
        StreamTokenizer tokens = new StreamTokenizer(new StringReader(line));
        tokens.slashSlashComments(true);
        tokens.slashStarComments(true);
        tokens.wordChars('-', '-');
        tokens.wordChars('_', '_');
        tokens.wordChars('$', '$');
        List<String> seen = new ArrayList<>();
        while (tokens.nextToken() != StreamTokenizer.TT_EOF) {
            seen.add(tokens.sval == null ? String.valueOf((char) tokens.ttype) : tokens.sval);
        }
        assertEquals(
                List.of(
                        "org.apache.kafka.common.security.scram.ScramLoginModule",
                        "required",
                        "username",
                        "=",
                        text,
                        "password",
                        "=",
                        text + "2",
                        ";"),
                seen);
    }

    @Test
    void passwordsAreNotSentInTheClearUnasked() {
        Options options =
                run.reading(with("username", "a", "password", "b", "properties.sasl.mechanism", "SCRAM-SHA-512"));
        Map<String, Object> all = ClientProperties.of(options)
                .forClient(Set.of("security.protocol", "sasl.jaas.config"), Map.of(), Map.of());
        assertEquals("SASL_SSL", all.get("security.protocol"));
        assertEquals(2, all.size());
    }

    // ---- brokers that are not there

    @Test
    void nobodyAnswers() throws IOException {
        String server;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server = "127.0.0.1:" + socket.getLocalPort();
        }
        String[] options = {
            "topic",
            "t",
            "properties.bootstrap.servers",
            server,
            "format",
            "json",
            "connect.timeout",
            "500 ms",
            "properties.sasl.mechanism",
            "PLAIN",
            "properties.security.protocol",
            "SASL_PLAINTEXT",
            "username",
            "canary-user",
            "password",
            "canary-secret"
        };
        for (boolean reading : List.of(true, false)) {
            ConnectorException error = assertThrows(ConnectorException.class, () -> {
                if (reading) {
                    run.source(options).close();
                } else {
                    run.sink(false, options).close();
                }
            });
            assertEquals(Kind.UNREACHABLE, error.kind());
            assertEquals(
                    "topic 't': no broker of " + server + " answered in time while asking for its partitions",
                    error.getMessage());
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                assertFalse(String.valueOf(cause.getMessage()).contains("canary"), cause.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no.such.host.invalid:9092|UNREACHABLE|topic 't': no host of no.such.host.invalid:9092 is known",
                "nonsense|CONFIGURATION|topic 't': failed while connecting: Invalid url in bootstrap.servers: nonsense"
            })
    void addressesAreChecked(String server, Kind kind, String message) {
        String[] options = {
            "topic", "t", "properties.bootstrap.servers", server, "format", "json", "connect.timeout", "2 s"
        };
        ConnectorException error =
                assertThrows(ConnectorException.class, () -> run.source(options).close());
        assertEquals(kind, error.kind(), error.getMessage());
        assertEquals(message, error.getMessage());
    }

    @Test
    void settingsOfTheLibraryAreChecked() {
        ConnectorException error = assertThrows(
                ConnectorException.class,
                () -> run.source(with("properties.request.timeout.ms", "soon")).close());
        assertEquals(Kind.CONFIGURATION, error.kind());
        assertEquals(
                "topic 't': failed while connecting: Invalid value soon for configuration request.timeout.ms:"
                        + " Not a number of type INT",
                error.getMessage());
    }

    /** The library prints its settings when a client is made. */
    @Test
    void settingsThatMayBeSecretAreHiddenByTheLibrary() {
        for (String name : List.of(
                "sasl.jaas.config",
                "ssl.truststore.password",
                "ssl.truststore.certificates",
                "ssl.keystore.password",
                "ssl.keystore.key",
                "ssl.keystore.certificate.chain",
                "ssl.key.password")) {
            ConfigDef known = ConsumerConfig.configDef();
            assertEquals(ConfigDef.Type.PASSWORD, known.configKeys().get(name).type(), name);
        }
    }
}
