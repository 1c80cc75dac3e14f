package org.xmatch.jmh.gate;

import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs every contender of the benchmarks once and compares what they answer.
 * <p>
 * A benchmark class says how in {@code public static void proveEqualAnswers()}, which throws
 * {@link AssertionError} at the first difference. A class without that method does not pass.
 * <p>
 * {@code java -cp xmatch-jmh/target/xmatch-jmh.jar org.xmatch.jmh.gate.Gate}
 */
public final class Gate {

    private Gate() {}

    public static void main(String[] args) {
        prove(benchmarkClasses(List.of(".*")));
    }

    /** Names of the classes with a benchmark that one of the regular expressions finds, sorted. */
    public static Set<String> benchmarkClasses(List<String> includes) {
        Set<String> classes = new TreeSet<>();
        for (BenchmarkListEntry entry : BenchmarkList.defaultList()
                .find(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), includes, List.of())) {
            classes.add(entry.getUserClassQName());
        }
        return classes;
    }

    /**
     * Proves the answers of these benchmark classes equal, and says so.
     *
     * @throws AssertionError when they differ, or when a class has no proof
     */
    public static void prove(Set<String> classes) {
        for (String name : classes) {
            long started = System.nanoTime();
            try {
                Class.forName(name).getMethod("proveEqualAnswers").invoke(null);
            } catch (InvocationTargetException e) {
                throw new AssertionError("no time of " + name + " counts, its answers differ: "
                        + e.getCause(), e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(name + " has no public static void proveEqualAnswers()", e);
            }
            System.out.printf("equal answers: %s (%.1f s)%n", name, (System.nanoTime() - started) * 1e-9);
        }
    }
}
