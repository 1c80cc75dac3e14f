package org.xmatch.cli;

import org.xmatch.io.sample.SampleCatalogs;

import java.nio.file.Path;
import java.util.Locale;

/** {@code xmatch generate}. */
final class GenerateCommand extends ProgramCommand {

    private String sky = "";
    private long rows;
    private Path out = Path.of("");
    private long seed;

    GenerateCommand() {
        super("generate", "Makes catalogs like the tutorial's: DIR/ztf, DIR/ps1 and its margin DIR/ps1_10arcs.");
        Options.add(spec,
                Options.wholeNumber("--rows", "N", value -> rows = value,
                        "Left rows in the cone (allsky: in all).").required(true),
                Options.path("--out", "DIR", value -> out = value, "Folder to write to.").required(true),
                Options.wholeNumber("--seed", "S", value -> seed = value,
                        "Same seed, same catalogs (default: ${DEFAULT-VALUE}).").defaultValue("1"));
        spec.addPositional(Options.argument(0, "kepler|allsky", value -> sky = value,
                "The Kepler field, or the whole sky."));
    }

    @Override
    public Integer call() {
        SampleCatalogs.Sky kind = switch (sky) {
            case "kepler" -> SampleCatalogs.Sky.KEPLER;
            case "allsky" -> SampleCatalogs.Sky.ALLSKY;
            default -> throw bad("the sky must be kepler or allsky, got '" + sky + "'");
        };
        if (rows < 1) {
            throw bad("--rows must be at least 1, got " + rows);
        }
        SampleCatalogs.write(kind, rows, seed, out, Runtime.getRuntime().availableProcessors());
        System.err.printf(Locale.ROOT, "xmatch: wrote %s, %s and %s, %.1f s%n", out.resolve("ztf"),
                out.resolve("ps1"), out.resolve("ps1_10arcs"), ProcessUsage.seconds());
        return 0;
    }
}
