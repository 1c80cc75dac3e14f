package org.xmatch.io.pipeline;

import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.SchemaNode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the columns of a catalog that names stand for: a column by its own name, a part of a nested one
 * by names with points between, as {@code lc.mjd}.
 *
 * @param fields all columns of the catalog
 * @param location of the catalog, for messages
 */
record ColumnSelection(List<Field> fields, String location) {

    private static final List<String> WHOLE = List.of();

    /** A column, and the way to a part of it. */
    private record Part(Field field, List<String> path) {}

    /** The columns named, in the order of their first naming. */
    List<Field> of(List<String> names) {
        return select(names.stream().map(name -> find(name).orElseThrow(() -> unknown(name))).toList());
    }

    /** The same without the names that stand for nothing. */
    List<Field> ofThoseThere(List<String> names) {
        return select(names.stream().map(this::find).flatMap(Optional::stream).toList());
    }

    /** The whole column of that name. */
    Field require(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private static List<Field> select(List<Part> parts) {
        Map<String, List<List<String>>> paths = new LinkedHashMap<>();
        Map<String, Field> found = new LinkedHashMap<>();
        for (Part part : parts) {
            found.put(part.field().name(), part.field());
            paths.computeIfAbsent(part.field().name(), name -> new ArrayList<>()).add(part.path());
        }
        List<Field> chosen = new ArrayList<>();
        found.forEach((name, field) -> chosen.add(field.isNested()
                ? Field.ofNested(field.node().select(paths.get(name)).orElseThrow()) : field));
        return chosen;
    }

    private Optional<Part> find(String name) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return Optional.of(new Part(field, WHOLE));
            }
        }
        for (Field field : fields) {
            if (field.isNested() && name.startsWith(field.name() + ".")) {
                List<String> path = Arrays.asList(name.substring(field.name().length() + 1).split("\\.", -1));
                Optional<SchemaNode> part = field.node().select(List.of(path));
                if (part.isPresent()) {
                    return Optional.of(new Part(field, path));
                }
            }
        }
        return Optional.empty();
    }

    private CatalogFormatException unknown(String name) {
        return new CatalogFormatException(location, location + " has no column '" + name + "'; its columns are "
                + String.join(", ", fields.stream().map(Field::name).toList()));
    }
}
