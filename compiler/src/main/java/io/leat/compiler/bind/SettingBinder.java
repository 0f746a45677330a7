package io.leat.compiler.bind;

import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Suggestion;
import io.leat.grammar.tree.Statement;
import io.leat.grammar.tree.Statement.PlainValue;
import io.leat.grammar.tree.Statement.Property;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.OptionSpec;
import io.leat.runtime.connector.OptionSpec.Kind;
import io.leat.runtime.connector.Options;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.JobSettings.StateStoreKind;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/** The {@code SET} statements of a file. They hold for the whole file, wherever they stand. */
final class SettingBinder {
    private static final String ZONE = "zone";
    private static final String PARALLELISM = "parallelism";
    private static final String EPOCH = "epoch";
    private static final String STATE_STORE = "state.store";
    private static final String HOT_GROUPS = "state.hot-groups";
    private static final String STATE_MEMORY = "state.memory";
    private static final String BATCH_ROWS = "batch-rows";
    private static final String SCAN_MODE = "scan.mode";
    private static final long MAX_PARALLELISM = 256;

    private static final OptionSet SETTINGS = OptionSet.of(
            OptionSpec.optional(ZONE, Kind.TEXT, "UTC", "the zone of the job, such as Europe/Berlin")
                    .alias("table.local-time-zone"),
            OptionSpec.optional(PARALLELISM, Kind.NUMBER, null, "how many workers run the job")
                    .alias("parallelism.default", "table.exec.resource.default-parallelism"),
            OptionSpec.optional(
                            SCAN_MODE,
                            Kind.TEXT,
                            null,
                            "how tables are read that can be read either way and do not say how: bounded, or stream for"
                                    + " those with a watermark")
                    .alias("execution.runtime-mode"),
            OptionSpec.optional(EPOCH, Kind.DURATION, null, "how often rows are handed on, such as 1 s")
                    .alias("execution.checkpointing.interval"),
            OptionSpec.optional(STATE_STORE, Kind.TEXT, null, "where state goes: auto, chronicle or heap"),
            OptionSpec.optional(HOT_GROUPS, Kind.NUMBER, null, "how many groups of an aggregate stay in hot tables"),
            OptionSpec.optional(
                    STATE_MEMORY,
                    Kind.SIZE,
                    null,
                    "how much memory the job may take for what it keeps, such as 4 gb: sources that are ahead of others wait when"
                            + " three quarters are taken, and the job ends when it needs more"),
            OptionSpec.optional(BATCH_ROWS, Kind.NUMBER, null, "how many rows are worked on at a time"));

    private final Problems problems;
    private final Map<String, Property> places = new TreeMap<>();
    private final Map<String, String> values = new TreeMap<>();

    SettingBinder(Problems problems) {
        this.problems = problems;
    }

    /** What can be set. */
    static List<OptionSpec> known() {
        return SETTINGS.specs();
    }

    /** What the file sets. */
    record Settings(ZoneId zone, OptionalInt parallelism, ScanDefault scan, JobSettings job) {}

    Settings bind(List<Statement> statements) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.SetOption set) {
                take(set.property());
            }
        }
        List<OptionException> found = new ArrayList<>();
        Options options = SETTINGS.resolve(values, found);
        for (OptionException problem : found) {
            Property place = places.get(problem.key());
            problems.add(
                    ErrorCode.BAD_SETTING,
                    place.at(),
                    problem.getMessage().replace("option", "setting"),
                    ForeignSetting.of(problem.key())
                            .map(ForeignSetting::help)
                            .orElse(problem.help().replace("options", "settings")));
        }
        if (!found.isEmpty()) {
            return new Settings(ZoneOffset.UTC, OptionalInt.empty(), ScanDefault.OF_CONNECTOR, JobSettings.NONE);
        }
        return new Settings(
                zone(options),
                number(options, PARALLELISM, MAX_PARALLELISM),
                options.text(SCAN_MODE).map(this::scan).orElse(ScanDefault.OF_CONNECTOR),
                new JobSettings(
                        options.has(EPOCH)
                                ? OptionalLong.of(
                                        Math.max(1, options.duration(EPOCH).toMillis()))
                                : OptionalLong.empty(),
                        options.text(STATE_STORE).flatMap(this::store),
                        number(options, HOT_GROUPS, Integer.MAX_VALUE),
                        options.has(STATE_MEMORY)
                                ? OptionalLong.of(Math.max(1, options.size(STATE_MEMORY)))
                                : OptionalLong.empty(),
                        number(options, BATCH_ROWS, JobSettings.MAX_BATCH_ROWS)));
    }

    private void take(Property property) {
        if (!(property.value() instanceof PlainValue plain)) {
            problems.add(ErrorCode.BAD_SETTING, property.at(), "a setting is no secret", "write the value itself");
            return;
        }
        if (places.put(property.key(), property) != null) {
            problems.add(ErrorCode.BAD_SETTING, property.at(), "'" + property.key() + "' is set twice");
        }
        boolean isKnown = SETTINGS.specs().stream()
                .anyMatch(spec ->
                        spec.name().equals(property.key()) || spec.aliases().contains(property.key()));
        Optional<ForeignSetting> foreign = isKnown ? Optional.empty() : ForeignSetting.of(property.key());
        if (foreign.filter(ForeignSetting::tunes).isPresent()) {
            problems.add(
                    ErrorCode.SETTING_WITHOUT_EFFECT,
                    property.at(),
                    "'" + property.key() + "' changes nothing here",
                    foreign.get().help());
            return;
        }
        values.put(property.key(), plain.text());
    }

    private Property place(String name) {
        return places.values().stream()
                .filter(property -> SETTINGS.specs().stream()
                        .anyMatch(spec -> spec.name().equals(name)
                                && (spec.name().equals(property.key())
                                        || spec.aliases().contains(property.key()))))
                .findFirst()
                .orElseThrow();
    }

    private ZoneId zone(Options options) {
        String name = options.required(ZONE);
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            problems.add(
                    ErrorCode.BAD_SETTING,
                    place(ZONE).at(),
                    "no time zone '" + name + "'",
                    Suggestion.nearest(name, new TreeSet<>(ZoneId.getAvailableZoneIds()))
                            .map(zone -> "did you mean '" + zone + "'?")
                            .orElse("zones are named like Europe/Berlin or UTC"));
            return ZoneOffset.UTC;
        }
    }

    private OptionalInt number(Options options, String name, long most) {
        if (!options.has(name)) {
            return OptionalInt.empty();
        }
        long value = options.number(name);
        if (value < 1 || value > most) {
            problems.add(
                    ErrorCode.BAD_SETTING,
                    place(name).at(),
                    name + " is a number from 1 to " + most + ", and not " + value);
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) value);
    }

    private ScanDefault scan(String text) {
        Optional<ScanDefault> found = ScanDefault.of(text);
        if (found.isEmpty()) {
            problems.add(
                    ErrorCode.BAD_SETTING,
                    place(SCAN_MODE).at(),
                    SCAN_MODE + " is one of bounded, stream, and not '" + text + "'");
        }
        return found.orElse(ScanDefault.OF_CONNECTOR);
    }

    private Optional<StateStoreKind> store(String text) {
        for (StateStoreKind kind : StateStoreKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(kind);
            }
        }
        problems.add(
                ErrorCode.BAD_SETTING,
                place(STATE_STORE).at(),
                STATE_STORE + " is one of auto, chronicle, heap, and not '" + text + "'");
        return Optional.empty();
    }
}
