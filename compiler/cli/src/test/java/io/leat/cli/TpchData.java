package io.leat.cli;

import io.trino.tpch.CustomerGenerator;
import io.trino.tpch.Distributions;
import io.trino.tpch.LineItemGenerator;
import io.trino.tpch.NationGenerator;
import io.trino.tpch.OrderGenerator;
import io.trino.tpch.PartGenerator;
import io.trino.tpch.PartSupplierGenerator;
import io.trino.tpch.RegionGenerator;
import io.trino.tpch.SupplierGenerator;
import io.trino.tpch.TextPool;
import io.trino.tpch.TpchEntity;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rows of the eight tables of TPC-H, the same for the same scale. */
final class TpchData {
    /** Comments are cut from a text of the grammar that the specification gives; a shorter one is made in no time. */
    private static final int SHORT_TEXT = 4 << 20;

    private TpchData() {}

    /**
     * Writes a file of CSV per table.
     *
     * @param scale 1 for about a gigabyte, and then with the comments of the specification, too
     */
    static void write(Path folder, double scale) throws IOException {
        for (Map.Entry<String, Iterable<? extends TpchEntity>> table :
                tables(scale).entrySet()) {
            try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(table.getKey() + ".csv"))) {
                for (TpchEntity row : table.getValue()) {
                    out.write(csv(row.toLine()));
                }
            }
        }
    }

    private static Map<String, Iterable<? extends TpchEntity>> tables(double scale) {
        Distributions words = Distributions.getDefaultDistributions();
        TextPool text = scale < 1 ? new TextPool(SHORT_TEXT, words) : TextPool.getDefaultTextPool();
        Map<String, Iterable<? extends TpchEntity>> tables = new LinkedHashMap<>();
        tables.put("region", new RegionGenerator(words, text));
        tables.put("nation", new NationGenerator(words, text));
        tables.put("part", new PartGenerator(scale, 1, 1, words, text));
        tables.put("supplier", new SupplierGenerator(scale, 1, 1, words, text));
        tables.put("partsupp", new PartSupplierGenerator(scale, 1, 1, text));
        tables.put("customer", new CustomerGenerator(scale, 1, 1, words, text));
        tables.put("orders", new OrderGenerator(scale, 1, 1, words, text));
        tables.put("lineitem", new LineItemGenerator(scale, 1, 1, words, text));
        return tables;
    }

    /** Values end with a bar in the line of the generator, and none has one in it, or a quote. */
    private static String csv(String line) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int bar = line.indexOf('|'); bar >= 0; bar = line.indexOf('|', from)) {
            String value = line.substring(from, bar);
            out.append(from == 0 ? "" : ",");
            out.append(value.indexOf(',') < 0 ? value : '"' + value + '"');
            from = bar + 1;
        }
        return out.append('\n').toString();
    }
}
