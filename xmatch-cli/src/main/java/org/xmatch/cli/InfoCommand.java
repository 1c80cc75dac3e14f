package org.xmatch.cli;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.io.hats.HatsCatalog;
import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Logical;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code xmatch info}. */
final class InfoCommand extends ProgramCommand {

    private final RemoteOptions remote = new RemoteOptions();
    private String catalog = "";
    private boolean json;

    InfoCommand() {
        super("info", "Tells what a catalog is: rows, partitions, columns, margin.");
        spec.usageMessage().sortOptions(true);
        spec.addPositional(Options.argument(0, "CATALOG", value -> catalog = value,
                "HATS catalog or collection, or a CSV or Parquet file."));
        Options.add(spec, Options.flag("--json", value -> json = value, "As JSON."));
        remote.addTo(spec);
    }

    @Override
    public Integer call() {
        CatalogInput input = CatalogInput.open(catalog, remote.storage());
        Map<String, Object> facts = facts(input);
        if (json) {
            System.out.print(Json.of(facts));
            return 0;
        }
        facts.forEach((key, value) -> {
            if (key.equals("columns")) {
                System.out.println("columns:");
                input.fields().forEach(field -> System.out.println("  " + field.name() + "  " + type(field)));
            } else {
                System.out.println(key + ": " + text(value));
            }
        });
        return 0;
    }

    private static String text(Object value) {
        return value instanceof Long number ? String.format(Locale.ROOT, "%,d", number) : value.toString();
    }

    private static Map<String, Object> facts(CatalogInput input) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", input.name());
        facts.put("location", input.location());
        if (input.hats().isPresent()) {
            HatsCatalog hats = input.hats().get();
            facts.put("kind", "HATS " + hats.type());
            facts.put("rows", hats.rowCount());
            facts.put("partitions", (long) hats.partitions().size());
            Map<String, Object> orders = new TreeMap<>();
            for (HealpixPixel pixel : hats.partitions()) {
                orders.merge(Integer.toString(pixel.order()), 1L, (a, b) -> (Long) a + (Long) b);
            }
            facts.put("partitions_by_order", orders);
            facts.put("ra_column", hats.raColumn());
            facts.put("dec_column", hats.decColumn());
            hats.healpixColumn().ifPresent(column -> {
                facts.put("spatial_index", column);
                facts.put("spatial_index_order", hats.healpixOrder());
            });
            if (!hats.defaultColumns().isEmpty()) {
                facts.put("default_columns", hats.defaultColumns());
            }
            hats.defaultMargin().ifPresent(margin -> {
                facts.put("margin", margin.root().toString());
                facts.put("margin_threshold_arcsec", margin.marginThresholdArcsec());
            });
        } else {
            facts.put("kind", "plain file");
        }
        if (!input.nestedNames().isEmpty()) {
            facts.put("nested_columns", input.nestedNames());
        }
        facts.put("columns", input.fields().stream().map(InfoCommand::describe).toList());
        return facts;
    }

    private static Map<String, Object> describe(Field field) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("name", field.name());
        column.put("type", type(field));
        return column;
    }

    private static String type(Field field) {
        Logical logical = field.logical();
        if (logical instanceof Logical.Integer integer) {
            return (integer.signed() ? "int" : "uint") + integer.bits();
        }
        if (logical instanceof Logical.Text) {
            return "string";
        }
        if (logical instanceof Logical.Decimal decimal) {
            return "decimal(" + decimal.precision() + ", " + decimal.scale() + ")";
        }
        if (logical instanceof Logical.Timestamp timestamp) {
            return "timestamp(" + timestamp.unit().name().toLowerCase(Locale.ROOT)
                    + (timestamp.utc() ? ", UTC)" : ")");
        }
        if (logical instanceof Logical.Time time) {
            return "time(" + time.unit().name().toLowerCase(Locale.ROOT) + ")";
        }
        if (logical instanceof Logical.Date) {
            return "date";
        }
        if (logical instanceof Logical.Float16) {
            return "float16";
        }
        if (logical instanceof Logical.Uuid) {
            return "uuid";
        }
        return switch (field.physical()) {
            case BOOLEAN -> "bool";
            case INT32 -> "int32";
            case INT64 -> "int64";
            case INT96 -> "timestamp(int96)";
            case FLOAT -> "float32";
            case DOUBLE -> "float64";
            case BYTE_ARRAY -> "binary";
            case FIXED_LEN_BYTE_ARRAY -> "binary[" + field.typeLength() + "]";
            case NESTED -> "nested";
        };
    }
}
