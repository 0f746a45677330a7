package io.leat.runtime.job;

import io.leat.runtime.aggregate.BytesMax;
import io.leat.runtime.aggregate.BytesMin;
import io.leat.runtime.aggregate.CompensatedMean;
import io.leat.runtime.aggregate.CompensatedSum;
import io.leat.runtime.aggregate.Count;
import io.leat.runtime.aggregate.CountedItems;
import io.leat.runtime.aggregate.DecimalMean;
import io.leat.runtime.aggregate.DecimalSum;
import io.leat.runtime.aggregate.FirstItem;
import io.leat.runtime.aggregate.FloatMax;
import io.leat.runtime.aggregate.FloatMean;
import io.leat.runtime.aggregate.FloatMin;
import io.leat.runtime.aggregate.FloatSum;
import io.leat.runtime.aggregate.IntegerMax;
import io.leat.runtime.aggregate.IntegerMean;
import io.leat.runtime.aggregate.IntegerMin;
import io.leat.runtime.aggregate.IntegerSum;
import io.leat.runtime.aggregate.ItemList;
import io.leat.runtime.aggregate.WideMax;
import io.leat.runtime.aggregate.WideMin;
import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.batch.Column;
import io.leat.runtime.batch.DoubleResult;
import io.leat.runtime.batch.Int128Result;
import io.leat.runtime.batch.LongResult;
import io.leat.runtime.decode.CsvDecoder;
import io.leat.runtime.decode.DecoderContext;
import io.leat.runtime.decode.JsonDecoder;
import io.leat.runtime.decode.JsonNumbers;
import io.leat.runtime.decode.JsonSyntax;
import io.leat.runtime.decode.MemberOrder;
import io.leat.runtime.decode.MembersSeen;
import io.leat.runtime.decode.RawDecoder;
import io.leat.runtime.decode.RecordDecoder;
import io.leat.runtime.kernel.Arithmetic;
import io.leat.runtime.kernel.ArrayBytes;
import io.leat.runtime.kernel.ArrayText;
import io.leat.runtime.kernel.BooleanParser;
import io.leat.runtime.kernel.BytesConstant;
import io.leat.runtime.kernel.BytesSet;
import io.leat.runtime.kernel.Casts;
import io.leat.runtime.kernel.DateFields;
import io.leat.runtime.kernel.DateFormat;
import io.leat.runtime.kernel.DateRounding;
import io.leat.runtime.kernel.Dates;
import io.leat.runtime.kernel.DecimalCasts;
import io.leat.runtime.kernel.DecimalParser;
import io.leat.runtime.kernel.DecimalRounding;
import io.leat.runtime.kernel.Decimals;
import io.leat.runtime.kernel.Digest;
import io.leat.runtime.kernel.Encodings;
import io.leat.runtime.kernel.FloatParser;
import io.leat.runtime.kernel.FloatPrinter;
import io.leat.runtime.kernel.Hashing;
import io.leat.runtime.kernel.Int128;
import io.leat.runtime.kernel.IntervalPrinter;
import io.leat.runtime.kernel.LikeMatcher;
import io.leat.runtime.kernel.MathFunctions;
import io.leat.runtime.kernel.NumberParser;
import io.leat.runtime.kernel.NumberPrinter;
import io.leat.runtime.kernel.NumberSet;
import io.leat.runtime.kernel.OrderedBytes;
import io.leat.runtime.kernel.PackedKey;
import io.leat.runtime.kernel.RegexMatcher;
import io.leat.runtime.kernel.Rounding;
import io.leat.runtime.kernel.RowError;
import io.leat.runtime.kernel.Rows;
import io.leat.runtime.kernel.Text;
import io.leat.runtime.kernel.TextCase;
import io.leat.runtime.kernel.TextEdit;
import io.leat.runtime.kernel.TextParts;
import io.leat.runtime.kernel.TextSearch;
import io.leat.runtime.kernel.TextTrim;
import io.leat.runtime.kernel.TimeParser;
import io.leat.runtime.kernel.TimePrinter;
import io.leat.runtime.kernel.Times;
import io.leat.runtime.kernel.TimestampDifference;
import io.leat.runtime.kernel.TimestampFields;
import io.leat.runtime.kernel.TimestampPattern;
import io.leat.runtime.kernel.TimestampRounding;
import io.leat.runtime.kernel.Timestamps;
import io.leat.runtime.kernel.UnixTime;
import io.leat.runtime.kernel.Zone;
import io.leat.runtime.memory.Bits;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.pipeline.CompletingPipeline;
import io.leat.runtime.pipeline.Pipeline;
import io.leat.runtime.pipeline.PipelineContext;
import io.leat.runtime.pipeline.SourcePipeline;
import io.leat.runtime.state.AggregateTable;
import io.leat.runtime.state.ByteArena;
import io.leat.runtime.state.DistinctSet;
import io.leat.runtime.state.KeyTable;
import io.leat.runtime.state.OrderedItems;
import io.leat.runtime.state.StaticTable;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.state.ValueCounts;
import io.leat.runtime.state.WindowState;
import io.leat.runtime.window.Windowing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;

/** What generated classes may touch: these classes and no others. Both who writes them and who loads them go by this list. */
public final class GeneratedCode {
    /** The package of all generated classes. */
    public static final String PACKAGE = "io.leat.generated";

    private static final List<Class<?>> RUNTIME = List.of(
            // pipelines, state, windows, batches
            Pipeline.class,
            SourcePipeline.class,
            CompletingPipeline.class,
            PipelineContext.class,
            AggregateTable.class,
            DistinctSet.class,
            StaticTable.class,
            KeyTable.class,
            TableLayout.class,
            ByteArena.class,
            WindowState.class,
            ValueCounts.class,
            OrderedItems.class,
            Windowing.class,
            Batch.class,
            Column.class,
            BytesResult.class,
            LongResult.class,
            DoubleResult.class,
            Int128Result.class,
            Memory.class,
            Bits.class,
            BufferAllocator.class,
            // decoders
            RecordDecoder.class,
            JsonDecoder.class,
            JsonNumbers.class,
            JsonSyntax.class,
            MemberOrder.class,
            MembersSeen.class,
            CsvDecoder.class,
            RawDecoder.class,
            DecoderContext.class,
            // accumulators
            Count.class,
            IntegerSum.class,
            IntegerMean.class,
            IntegerMax.class,
            IntegerMin.class,
            FloatSum.class,
            FloatMean.class,
            CompensatedSum.class,
            CompensatedMean.class,
            FloatMax.class,
            FloatMin.class,
            DecimalSum.class,
            DecimalMean.class,
            WideMax.class,
            WideMin.class,
            BytesMax.class,
            BytesMin.class,
            FirstItem.class,
            ItemList.class,
            CountedItems.class,
            // kernels
            Arithmetic.class,
            ArrayBytes.class,
            ArrayText.class,
            BooleanParser.class,
            BytesConstant.class,
            BytesSet.class,
            Casts.class,
            DateFields.class,
            DateFormat.class,
            DateRounding.class,
            Dates.class,
            DecimalCasts.class,
            DecimalParser.class,
            DecimalRounding.class,
            Decimals.class,
            Digest.class,
            Encodings.class,
            FloatParser.class,
            FloatPrinter.class,
            Hashing.class,
            Int128.class,
            IntervalPrinter.class,
            LikeMatcher.class,
            MathFunctions.class,
            NumberParser.class,
            NumberPrinter.class,
            NumberSet.class,
            OrderedBytes.class,
            PackedKey.class,
            RegexMatcher.class,
            Rounding.class,
            RowError.class,
            Rows.class,
            Text.class,
            TextCase.class,
            TextEdit.class,
            TextParts.class,
            TextSearch.class,
            TextTrim.class,
            TimeParser.class,
            TimePrinter.class,
            Times.class,
            TimestampDifference.class,
            TimestampFields.class,
            TimestampPattern.class,
            TimestampRounding.class,
            Timestamps.class,
            UnixTime.class,
            Zone.class);

    private static final Set<String> JAVA = Set.of(
            "java/lang/Object",
            "java/lang/String",
            "java/lang/Math",
            "java/lang/Long",
            "java/lang/Integer",
            "java/util/List");

    private static final Map<String, Class<?>> BY_SIMPLE_NAME = new HashMap<>();
    private static final Map<String, Class<?>> BY_INTERNAL_NAME = new HashMap<>();

    static {
        for (Class<?> type : RUNTIME) {
            if (BY_SIMPLE_NAME.put(type.getSimpleName(), type) != null) {
                throw new ExceptionInInitializerError("two classes named " + type.getSimpleName());
            }
            BY_INTERNAL_NAME.put(type.getName().replace('.', '/'), type);
        }
    }

    private GeneratedCode() {}

    /** The class of the runtime that generated code means by this name. */
    public static Optional<Class<?>> runtimeClass(String simpleName) {
        return Optional.ofNullable(BY_SIMPLE_NAME.get(simpleName));
    }

    /** Whether generated code may refer to a class, by its internal name. */
    static boolean isAllowed(String internalName) {
        return BY_INTERNAL_NAME.containsKey(internalName)
                || JAVA.contains(internalName)
                || internalName.startsWith(PACKAGE.replace('.', '/') + "/");
    }
}
