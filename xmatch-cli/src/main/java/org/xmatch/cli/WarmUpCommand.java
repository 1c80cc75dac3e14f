package org.xmatch.cli;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.util.ZstdVersion;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * {@code xmatch warm-up}, for the launcher: small jobs, so that the archive made meanwhile has the classes of
 * those to come, and on newer JVMs knows which methods they run. The catalogs, {@code warm-up.zip}, are laid out as the
 * reference importer does it, and as most catalogs are, half of their leaves without dictionaries.
 */
final class WarmUpCommand extends ProgramCommand {

    private Path out = Path.of("");
    private int rounds;
    private boolean remote;
    private Optional<Path> library = Optional.empty();

    WarmUpCommand() {
        super("warm-up", "For the launcher: makes small jobs.");
        spec.usageMessage().hidden(true);
        Options.add(spec,
                Options.path("--out", "DIR", value -> out = value, "Folder to make.").required(true),
                Options.integer("--rounds", "N", value -> rounds = value,
                        "Until the compiler has seen what counts.").defaultValue("1"),
                Options.flag("--remote", value -> remote = value, "From HTTP and S3, too."),
                Options.path("--library", "DIR", value -> library = Optional.of(value),
                        "Folder to make for the native code of the compressor."));
    }

    @Override
    public Integer call() throws IOException {
        unpackCatalogs();
        int status = tutorial(out.toString(), List.of());
        for (int round = 0; round < rounds; round++) {
            status += crossMatch("parquet");
        }
        for (int round = 0; round < rounds; round++) {
            status += crossMatch("hats");
        }
        if (remote) {
            try (LoopbackServer server = new LoopbackServer(out)) {
                status += tutorial(server.url(), List.of());
                // the host is the address: the bucket must be in the path
                status += tutorial("s3:/", List.of("--s3-endpoint", server.url(), "--s3-path-style"));
            }
        }
        if (library.isPresent()) {
            keepLibrary(library.get());
        }
        return status;
    }

    private void unpackCatalogs() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(WarmUpCommand.class.getResourceAsStream("warm-up.zip"))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = out.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }

    /** Where the compressor finds its code before it unpacks its own; elsewhere than on Linux it does as before. */
    private static void keepLibrary(Path folder) throws IOException {
        String name = "libzstd-jni-" + ZstdVersion.VERSION + ".so";
        String platform = System.getProperty("os.name") + "/" + System.getProperty("os.arch");
        try (InputStream packed = Zstd.class.getResourceAsStream("/" + platform.toLowerCase(Locale.ROOT) + "/" + name)) {
            if (packed != null) {
                Files.copy(packed, Files.createDirectories(folder).resolve(name));
            }
        }
    }

    private int crossMatch(String format) {
        return Xmatch.run("crossmatch", out.resolve("ztf").toString(), out.resolve("ps1").toString(),
                "--right-margin", out.resolve("ps1_10arcs").toString(), "--radius", "1",
                "--cone", "290.6666666666667,44.5,600", "--left-columns", "oid,ra,dec", "--right-columns",
                "objName,objID,raMean,decMean", "--overwrite", "--out", out.resolve("pairs." + format).toString(),
                "--summary", out.resolve("summary.json").toString());
    }

    private int tutorial(String place, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("tutorial", "--rows", "300", "--out", out.toString(),
                "--ztf", place + "/ztf", "--ps1", place + "/ps1", "--ps1-margin", place + "/ps1_10arcs"));
        arguments.addAll(more);
        return Xmatch.run(arguments.toArray(String[]::new));
    }
}
