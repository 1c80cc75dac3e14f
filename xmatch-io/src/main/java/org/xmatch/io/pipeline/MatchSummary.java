package org.xmatch.io.pipeline;

import java.util.Map;

/**
 * What a cross-match did.
 *
 * @param counts rows seen and matched
 * @param stageSeconds seconds by stage, summed over threads
 * @param bytesRead bytes read of both catalogs since they were opened
 * @param requests reads of files of both catalogs since they were opened
 * @param threads worker threads
 * @param algorithm name of the algorithm asked for
 */
public record MatchSummary(MatchCounts counts, Map<String, Double> stageSeconds, long bytesRead, long requests,
        int threads, String algorithm) {

    public MatchSummary {
        stageSeconds = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(stageSeconds));
    }
}
