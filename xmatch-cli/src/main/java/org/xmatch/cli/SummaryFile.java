package org.xmatch.cli;

import org.xmatch.io.StorageException;
import org.xmatch.io.pipeline.MatchCounts;
import org.xmatch.io.pipeline.MatchSummary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code --summary} file. */
final class SummaryFile {

    private SummaryFile() {}

    static void write(Path path, MatchSummary done) {
        MatchCounts counts = done.counts();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows_left", counts.rowsLeft());
        json.put("rows_left_matched", counts.rowsLeftMatched());
        json.put("rows_left_no_position", counts.rowsLeftNoPosition());
        json.put("rows_right", counts.rowsRight());
        json.put("rows_right_no_position", counts.rowsRightNoPosition());
        json.put("rows_out", counts.rowsOut());
        json.put("seconds", ProcessUsage.seconds());
        json.put("cpu_seconds", ProcessUsage.cpuSeconds());
        json.put("stages", done.stageSeconds());
        json.put("bytes_read", done.bytesRead());
        json.put("requests", done.requests());
        json.put("retries", done.retries());
        json.put("wait_seconds", done.waitSeconds());
        json.put("peak_rss_bytes", ProcessUsage.peakRssBytes());
        json.put("threads", done.threads());
        json.put("algorithm", done.algorithm());
        try {
            Files.writeString(path, Json.of(json));
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot write the summary " + path + ": " + e, e);
        }
    }
}
