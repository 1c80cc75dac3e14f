package org.xmatch.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The files in {@code resources/golden}, which {@code make_golden.py} wrote with other programs. */
public final class Golden {

    private Golden() {}

    /** Lines behind the header, parted by commas. */
    public static List<String[]> lines(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().skip(1)
                    .map(line -> line.split(",", -1)).toList();
        }
    }
}
