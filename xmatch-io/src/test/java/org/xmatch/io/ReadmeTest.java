package org.xmatch.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xmatch.io.sample.SampleCatalogs;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The README's Java compiles and runs. */
class ReadmeTest {

    private static final Path README = Path.of("..", "README.md").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void runsTheCrossMatchOfCatalogs() throws Exception {
        SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, 10_000, 1, folder.resolve("xmatch-tutorial"), 2);
        String printed = run(snippets().get(0));
        assertThat(printed).containsPattern("\\d+ of \\d+ rows matched").containsPattern("\\d+ pairs, columns 5");
        assertThat(folder.resolve("pairs.parquet")).isNotEmptyFile();
    }

    @Test
    void runsTheMatchOfPlainArrays() throws Exception {
        assertThat(run(snippets().get(1)).lines().map(line -> line.substring(0, 3))).containsExactly("0 1", "1 0");
    }

    private static List<String> snippets() throws Exception {
        return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README)).results()
                .map(MatchResult::group).map(block -> block.substring(8, block.length() - 3)).toList();
    }

    private String run(String snippet) throws Exception {
        String imports = snippet.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String body = snippet.lines().filter(line -> !line.startsWith("import "))
                .map(line -> line.replace("\"xmatch-tutorial", "\"" + folder + "/xmatch-tutorial")
                        .replace("\"pairs.parquet", "\"" + folder + "/pairs.parquet"))
                .collect(Collectors.joining("\n"));
        Path source = Files.writeString(folder.resolve("Snippet.java"),
                imports + "\npublic class Snippet { public static void main(String[] args) {\n" + body + "\n}}\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        boolean compiled;
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            compiled = compiler.getTask(messages, files, null,
                    List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path")), null,
                    files.getJavaFileObjects(source)).call();
        }
        assertThat(compiled).as(messages.toString()).isTrue();
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
                PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            loader.loadClass("Snippet").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
