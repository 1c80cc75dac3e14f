package org.xmatch.io.pipeline;

/** Files a result can be written as. */
public enum ResultFormat {
    PARQUET, CSV, ARROW
}
