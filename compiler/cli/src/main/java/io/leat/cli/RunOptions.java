package io.leat.cli;

import io.leat.cli.output.OutputFormat;
import io.leat.cli.output.ResultPrinter;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.connector.OptionSet;
import io.leat.runtime.connector.OptionSpec;
import io.leat.runtime.connector.Options;
import io.leat.runtime.job.JobSettings;
import io.leat.runtime.job.JobSettings.StateStoreKind;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that decide how a job runs and how its results look. They win over what the query sets. */
final class RunOptions {
    private static final String EPOCH = "epoch";
    private static final OptionSet DURATIONS =
            OptionSet.of(OptionSpec.optional(EPOCH, OptionSpec.Kind.DURATION, "1 s", "how often rows are handed on"));
    private static final long MAX_EPOCH_HOURS = 24;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = "box, ndjson, csv, tsv or markdown. Default: box on a terminal, ndjson elsewhere.")
    private OutputFormat format;

    @Option(
            names = "--state-store",
            paramLabel = "STORE",
            converter = StoreConverter.class,
            description = "Where state goes that does not stay in hot tables: auto, heap or chronicle.")
    private StateStoreKind stateStore;

    @Option(
            names = "--epoch",
            paramLabel = "TIME",
            description =
                    "How often rows are handed on and state is kept, such as 250ms or 1s. Default: what the query sets, or 1s.")
    private String epoch;

    @Option(
            names = "--batch-rows",
            paramLabel = "N",
            converter = NumberConverter.class,
            description = "How many rows are worked on at a time.")
    private Integer batchRows;

    static final class FormatConverter extends ChoiceConverter<OutputFormat> {
        FormatConverter() {
            super(OutputFormat.values());
        }
    }

    static final class StoreConverter extends ChoiceConverter<StateStoreKind> {
        StoreConverter() {
            super(StateStoreKind.values());
        }
    }

    JobSettings settings() {
        JobSettings settings = JobSettings.NONE;
        if (stateStore != null) {
            settings = settings.withStateStore(stateStore);
        }
        if (epoch != null) {
            settings = settings.withEpochMillis(epochMillis());
        }
        if (batchRows != null) {
            if (batchRows < 1 || batchRows > JobSettings.MAX_BATCH_ROWS) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "--batch-rows must be 1 to " + JobSettings.MAX_BATCH_ROWS + ", and " + batchRows + " is not",
                        "");
            }
            settings = settings.withBatchRows(batchRows);
        }
        return settings;
    }

    /** Spelled as in {@code SET 'epoch' = '250 ms'}. */
    private long epochMillis() {
        List<OptionException> problems = new ArrayList<>();
        Options options = DURATIONS.resolve(Map.of(EPOCH, epoch), problems);
        Duration duration = problems.isEmpty() ? options.duration(EPOCH) : Duration.ZERO;
        if (duration.toMillis() < 1 || duration.toHours() >= MAX_EPOCH_HOURS) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--epoch must be a time from 1ms to less than " + MAX_EPOCH_HOURS + "h, and '" + epoch + "' is not",
                    "write it like 250ms or 1s");
        }
        return duration.toMillis();
    }

    ResultPrinter.Settings shown(Session session, String zone) {
        Terminal terminal = session.console().terminal();
        OutputFormat usual = terminal.output() ? OutputFormat.BOX : OutputFormat.NDJSON;
        return new ResultPrinter.Settings(
                format == null ? usual : format, ZoneId.of(zone), session.outputPaint(), terminal.tableWidth());
    }
}
