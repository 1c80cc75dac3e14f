package org.xmatch.io.pipeline;

import org.xmatch.io.StorageException;
import org.xmatch.io.storage.AtomicFile;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a job is to do and when it began: pinned in its folder, so that a later run goes on with the same
 * job or not at all.
 *
 * @param created when the job began, in whole seconds
 * @param overwrite whether it may replace a catalog
 * @param facts inputs, their state, and options, by name
 */
record JobDescription(Instant created, boolean overwrite, Map<String, String> facts) {

    private static final String CREATED = "job.created";
    private static final String OVERWRITE = "job.overwrite";

    JobDescription {
        facts = Map.copyOf(facts);
    }

    static JobDescription read(Path file) {
        Properties stored = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            stored.load(in);
            Map<String, String> facts = new TreeMap<>();
            stored.forEach((key, value) -> facts.put(key.toString(), value.toString()));
            return new JobDescription(Instant.parse(facts.remove(CREATED)), Boolean.parseBoolean(facts.remove(OVERWRITE)),
                    facts);
        } catch (IOException | RuntimeException e) {
            throw new StorageException(file.toString(), "cannot read the description of the unfinished job in " + file
                    + " (" + e + "): start anew with --overwrite", e);
        }
    }

    void write(Path file) {
        Properties stored = new Properties();
        stored.putAll(facts);
        stored.put(CREATED, created.toString());
        stored.put(OVERWRITE, Boolean.toString(overwrite));
        StringWriter text = new StringWriter();
        try (AtomicFile out = AtomicFile.create(file)) {
            stored.store(text, "a cross-match that is not finished");
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            out.write(bytes, 0, bytes.length);
            out.commit();
        } catch (IOException e) {
            throw new StorageException(file.toString(), "cannot write " + file + ": " + e, e);
        }
    }

    /** What differs between this pinned job and the one asked for now, a phrase each. */
    List<String> differencesTo(JobDescription now) {
        TreeSet<String> names = new TreeSet<>(facts.keySet());
        names.addAll(now.facts.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String then = facts.getOrDefault(name, "none");
            String value = now.facts.getOrDefault(name, "none");
            if (!then.equals(value)) {
                differences.add(name + " was " + then + ", is " + value);
            }
        }
        return differences;
    }
}
