package org.xmatch.cli;

import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.storage.Storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The catalogs of a benchmark, as its processes are to open them.
 *
 * @param ztf the left one
 * @param ps1 the right one
 * @param margin its margin
 * @param remote options for servers, as typed
 */
record BenchCatalogs(String ztf, String ps1, Optional<String> margin, List<String> remote) {

    /** Arguments that name the catalogs. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(ztf, ps1));
        margin.ifPresent(name -> arguments.addAll(List.of("--right-margin", name)));
        arguments.addAll(remote);
        return arguments;
    }

    /** What tells these catalogs from others: where they are, and how many rows and partitions they have. */
    String identity(Storage storage) {
        StringBuilder text = new StringBuilder();
        for (String name : List.of(ztf, ps1)) {
            CatalogInput input = CatalogInput.open(name, storage);
            text.append(name).append(input.hats().map(hats -> " " + hats.rowCount() + " rows, "
                    + hats.partitions().size() + " partitions, " + hats.properties().getOrDefault("hats_creation_date", ""))
                    .orElse("")).append("; ");
        }
        return text.append(margin.orElse("no margin")).toString();
    }
}
