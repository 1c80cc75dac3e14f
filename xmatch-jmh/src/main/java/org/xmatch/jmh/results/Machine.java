package org.xmatch.jmh.results;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Describes the machine, as JSON: processor, cores, memory, kernel, JDKs, commit, data checksums. JVM
 * flags are in JMH's own output.
 * <p>
 * {@code java -cp xmatch-jmh.jar org.xmatch.jmh.results.Machine OUT.json [JAVA_HOME...] [SHA256SUMS...]}
 */
public final class Machine {

    private Machine() {}

    public static void main(String[] args) throws IOException {
        JsonObject machine = new JsonObject();
        machine.addProperty("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        machine.addProperty("cpu", field("/proc/cpuinfo", "model name"));
        machine.addProperty("cores", Runtime.getRuntime().availableProcessors());
        machine.addProperty("threads_per_core", text("/sys/devices/system/cpu/smt/active").equals("1") ? "2 or more" : "1");
        machine.addProperty("turbo", turbo());
        machine.addProperty("l2_cache", text("/sys/devices/system/cpu/cpu0/cache/index2/size"));
        machine.addProperty("l3_cache", text("/sys/devices/system/cpu/cpu0/cache/index3/size"));
        machine.addProperty("memory", field("/proc/meminfo", "MemTotal"));
        machine.addProperty("huge_pages", text("/sys/kernel/mm/transparent_hugepage/enabled"));
        machine.addProperty("system", field("/etc/os-release", "PRETTY_NAME"));
        machine.addProperty("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.addProperty("load_average", text("/proc/loadavg"));
        machine.addProperty("commit", output("git", "rev-parse", "HEAD"));
        // the results that are being replaced are no change of what is measured
        machine.addProperty("uncommitted_changes",
                !output("git", "status", "--porcelain", "--untracked-files=no", "--", ":/", ":!/results").isEmpty());
        JsonArray jdks = new JsonArray();
        JsonObject checksums = new JsonObject();
        for (String arg : List.of(args).subList(1, args.length)) {
            Path path = Path.of(arg);
            if (Files.isDirectory(path)) {
                jdks.add(output(path.resolve("bin/java").toString(), "-version").lines().skip(1).findFirst().orElse("?"));
            } else {
                JsonObject files = new JsonObject();
                text(arg).lines().map(line -> line.split("  ")).forEach(sum -> files.addProperty(sum[1], sum[0]));
                checksums.add(path.toAbsolutePath().getParent().getFileName().toString(), files);
            }
        }
        machine.add("jdks", jdks);
        machine.add("data_sha256", checksums);
        Files.writeString(Path.of(args[0]),
                new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(machine) + "\n");
    }

    private static String turbo() {
        String off = text("/sys/devices/system/cpu/intel_pstate/no_turbo");
        String boost = text("/sys/devices/system/cpu/cpufreq/boost");
        return off.isEmpty() && boost.isEmpty() ? "not told" : off.equals("0") || boost.equals("1") ? "on" : "off";
    }

    /** The file's text, or an empty string where the system has no such file. */
    private static String text(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String field(String file, String key) {
        return text(file).lines().filter(line -> line.matches(key + "\\s*[:=].*"))
                .map(line -> line.replaceFirst("^[^:=]*[:=]\\s*", "").replace("\"", "")).findFirst().orElse("not told");
    }

    /** What a command prints, or an empty string where it cannot be run. */
    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0 ? printed : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
