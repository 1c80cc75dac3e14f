package org.xmatch.io.pipeline;

import java.util.Map;

/**
 * What a cross-match did.
 *
 * @param counts rows seen and matched
 * @param stageSeconds seconds by stage, summed over threads
 * @param bytesRead bytes read of both catalogs since they were opened
 * @param requests reads of files of both catalogs, and requests to servers, since they were opened
 * @param retries requests to servers that repeated a failed or cut one
 * @param waitSeconds seconds that threads waited for servers, summed
 * @param threads worker threads
 * @param algorithm name of the algorithm asked for
 */
public record MatchSummary(MatchCounts counts, Map<String, Double> stageSeconds, long bytesRead, long requests,
        long retries, double waitSeconds, int threads, String algorithm) {

    public MatchSummary {
        stageSeconds = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(stageSeconds));
    }
}
