package org.xmatch.io.pipeline;

import org.xmatch.io.table.Field;
import org.xmatch.io.table.FieldMetadata;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of a result and where their values come from.
 *
 * @param left fields of the left catalog, in order
 * @param right fields of the right catalog, in order
 * @param result the same under their names in the result, left then right, then the separation
 */
record OutputColumns(List<Field> left, List<Field> right, List<Field> result) {

    /** The separation, arcsec. */
    static final String SEPARATION = "_dist_arcsec";

    OutputColumns {
        left = List.copyOf(left);
        right = List.copyOf(right);
        result = List.copyOf(result);
    }

    /** What the inputs tell of the columns, under their names in the result. */
    FieldMetadata told(CatalogInput leftInput, CatalogInput rightInput) {
        FieldMetadata ofLeft = leftInput.fieldMetadata().renamed(left, result.subList(0, left.size()));
        return ofLeft.and(rightInput.fieldMetadata()
                .renamed(right, result.subList(left.size(), left.size() + right.size())));
    }

    /**
     * Names the columns as LSDB does: every column gets its side's suffix, or only those whose name
     * is on both sides.
     *
     * @throws IllegalArgumentException when two columns end up with one name
     */
    static OutputColumns of(List<Field> left, List<Field> right, Suffixes suffixes) {
        Set<String> leftNames = new HashSet<>();
        Set<String> rightNames = new HashSet<>();
        left.forEach(field -> leftNames.add(field.name()));
        right.forEach(field -> rightNames.add(field.name()));
        List<Field> result = new ArrayList<>();
        for (Field field : left) {
            boolean suffixed = suffixes.onAll() || rightNames.contains(field.name());
            result.add(field.withName(suffixed ? field.name() + suffixes.left() : field.name()));
        }
        for (Field field : right) {
            boolean suffixed = suffixes.onAll() || leftNames.contains(field.name());
            result.add(field.withName(suffixed ? field.name() + suffixes.right() : field.name()));
        }
        result.add(Field.ofDouble(SEPARATION));
        Set<String> seen = new HashSet<>();
        for (Field field : result) {
            if (!seen.add(field.name())) {
                throw new IllegalArgumentException("two columns of the result would be called '" + field.name()
                        + "': choose other suffixes (--suffixes) or columns");
            }
        }
        return new OutputColumns(left, right, result);
    }
}
