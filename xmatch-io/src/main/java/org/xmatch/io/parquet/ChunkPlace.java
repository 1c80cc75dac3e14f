package org.xmatch.io.parquet;

import org.jspecify.annotations.Nullable;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.table.Field;

/**
 * Which column chunk is read, for messages and for its type.
 *
 * @param location of the file
 * @param field of the leaf column
 * @param rowGroup its row group
 */
record ChunkPlace(String location, Field field, int rowGroup) {

    CatalogFormatException damaged(long offset, String what, @Nullable Throwable cause) {
        return new CatalogFormatException(location, location + " is damaged: column '" + field.name()
                + "', row group " + rowGroup + ", byte " + offset + ": " + what + "; fetch the file again", cause);
    }
}
