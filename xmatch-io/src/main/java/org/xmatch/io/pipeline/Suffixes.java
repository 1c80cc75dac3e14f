package org.xmatch.io.pipeline;

/**
 * What is added to column names to tell the two sides of a result apart.
 *
 * @param left added to left names
 * @param right added to right names
 * @param onAll on every column; else only where both sides have the name
 */
public record Suffixes(String left, String right, boolean onAll) {

    /** The default: {@code _<catalog name>}, or none and {@code _right} where the names are equal. */
    public static Suffixes ofNames(String leftName, String rightName, boolean onAll) {
        return leftName.equals(rightName)
                ? new Suffixes("", "_right", onAll)
                : new Suffixes("_" + leftName, "_" + rightName, onAll);
    }
}
