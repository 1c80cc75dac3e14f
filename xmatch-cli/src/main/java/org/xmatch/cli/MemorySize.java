package org.xmatch.cli;

import org.xmatch.io.pipeline.CrossMatch;
import picocli.CommandLine.TypeConversionException;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory that the user allows.
 *
 * @param bytes of the whole process
 */
record MemorySize(long bytes) {

    private static final long LEAST = 256L << 20;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([KMGT])(?:I?B)?");

    /** The match within so much memory: three eighths for rows, as much for what is written and for the collector. */
    CrossMatch applyTo(CrossMatch match) {
        return match.withMemory(Math.min(CrossMatch.defaultMemory(), bytes / 8 * 3));
    }

    /** Reads a number and a unit. */
    static MemorySize parse(String value) {
        Matcher parts = SIZE.matcher(value.trim().toUpperCase(Locale.ROOT));
        if (parts.matches()) {
            long bytes = Long.parseLong(parts.group(1)) << 10 * (1 + "KMGT".indexOf(parts.group(2)));
            if (bytes >= LEAST) {
                return new MemorySize(bytes);
            }
        }
        throw new TypeConversionException("memory must be a number with its unit, as 2G or 512M, at least 256M, got '"
                + value + "'");
    }
}
