package org.xmatch.cli;

import org.xmatch.io.sample.SampleCatalogs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code xmatch generate}. */
@Command(name = "generate", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Makes catalogs like the tutorial's: DIR/ztf, DIR/ps1 and its margin DIR/ps1_10arcs.")
final class GenerateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "kepler|allsky", description = "The Kepler field, or the whole sky.")
    private String sky;

    @Option(names = "--rows", required = true, paramLabel = "N", description = "Left rows in the cone (allsky: in all).")
    private long rows;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write to.")
    private Path out;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
            description = "Same seed, same catalogs (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() {
        SampleCatalogs.Sky kind = switch (sky) {
            case "kepler" -> SampleCatalogs.Sky.KEPLER;
            case "allsky" -> SampleCatalogs.Sky.ALLSKY;
            default -> throw new ParameterException(spec.commandLine(),
                    "the sky must be kepler or allsky, got '" + sky + "'");
        };
        if (rows < 1) {
            throw new ParameterException(spec.commandLine(), "--rows must be at least 1, got " + rows);
        }
        SampleCatalogs.write(kind, rows, seed, out, Runtime.getRuntime().availableProcessors());
        System.err.printf(Locale.ROOT, "xmatch: wrote %s, %s and %s, %.1f s%n", out.resolve("ztf"),
                out.resolve("ps1"), out.resolve("ps1_10arcs"), ProcessUsage.seconds());
        return 0;
    }
}
