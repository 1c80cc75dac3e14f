package org.xmatch.cli;

import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a benchmark ran on. Stateless. */
final class MachineFacts {

    private MachineFacts() {}

    static JsonObject ofThisMachine() {
        JsonObject machine = new JsonObject();
        machine.addProperty("cpu", field(Path.of("/proc/cpuinfo"), "model name"));
        machine.addProperty("cores", Runtime.getRuntime().availableProcessors());
        machine.addProperty("memory", field(Path.of("/proc/meminfo"), "MemTotal"));
        machine.addProperty("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.addProperty("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        machine.addProperty("java_options", System.getenv().getOrDefault("XMATCH_JAVA_OPTS", ""));
        return machine;
    }

    private static String field(Path file, String key) {
        try {
            return Files.readAllLines(file).stream().filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse("not told");
        } catch (IOException notLinux) {
            return "not told";
        }
    }
}
