package io.leat.runtime.local;

import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.Connectors;
import io.leat.runtime.connector.Guarantee;
import io.leat.runtime.connector.Options;
import io.leat.runtime.connector.Promise;
import io.leat.runtime.job.SinkSpec;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What sinks promise where a job keeps its state; as far as it can be told before the job runs. */
public final class Guarantees {
    private Guarantees() {}

    public static Guarantee of(SinkSpec sink) {
        return promise(sink).guarantee();
    }

    public static Promise promise(SinkSpec sink) {
        return switch (sink.kind()) {
            case PRINT -> Promise.AT_LEAST_ONCE;
            case MEMORY -> new Promise(Guarantee.EXACTLY_ONCE, "the table is part of the state", "");
            case TABLE ->
                writable(sink)
                        .map(writable -> writable.promise(options(sink, writable)))
                        .orElse(Promise.AT_LEAST_ONCE);
        };
    }

    /** Whether rows are seen once by who reads committed records only. */
    public static boolean isTransactional(SinkSpec sink) {
        return sink.kind() == SinkSpec.Kind.TABLE
                && writable(sink)
                        .filter(writable -> writable.isTransactional(options(sink, writable)))
                        .isPresent();
    }

    private static Optional<Connector.Writable> writable(SinkSpec sink) {
        return sink.connector()
                .flatMap(name -> Connectors.installed().find(name))
                .flatMap(Connector::writable);
    }

    /** Values that come with the start of the job are taken as they are written: none of them decides. */
    private static Options options(SinkSpec sink, Connector.Writable writable) {
        Map<String, String> texts = new TreeMap<>();
        sink.options().forEach((key, value) -> texts.put(key, value.text()));
        return writable.options().resolve(texts, new ArrayList<>());
    }
}
