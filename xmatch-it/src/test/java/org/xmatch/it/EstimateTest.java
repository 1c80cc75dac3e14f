package org.xmatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.region.Cone;
import org.xmatch.io.parquet.ReadCost;
import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.pipeline.JobEstimate;
import org.xmatch.io.pipeline.MatchSummary;
import org.xmatch.io.sample.KeplerField;
import org.xmatch.io.storage.Storage;
import org.xmatch.io.storage.StorageOptions;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is estimated of catalogs on an S3 server, against what the same job then asks of it. */
class EstimateTest {

    private static final double MOST = 1.1;
    private static final double LEAST = 0.6;

    @TempDir
    private static Path root;

    private static S3Server server;

    @BeforeAll
    static void serve() throws Exception {
        Sky.make(root, 200_000);
        server = S3Server.start(root, false);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static CatalogInput.Pair open(boolean margin, double cone, StorageOptions options) {
        CatalogInput.Pair pair = CatalogInput.openPair("s3://sky/ztf", "s3://sky/ps1",
                Optional.of("s3://sky/ps1_10arcs").filter(name -> margin), Storage.of(options));
        CatalogInput left = pair.left().withColumns(List.of("oid", "ra", "dec"));
        return new CatalogInput.Pair(cone == 0 ? left
                : left.withCone(new Cone(KeplerField.CENTER_RA, KeplerField.CENTER_DEC, cone)),
                pair.right().withColumns(List.of("objName", "objID")));
    }

    @ParameterizedTest
    @CsvSource({"true, 0, true", "false, 0, true", "true, 331, true", "true, 0, false", "true, 331, false"})
    void aJobAsksForWhatWasEstimated(boolean margin, double cone, boolean likeUsers) {
        StorageOptions options = likeUsers
                ? new StorageOptions(Optional.empty(), Optional.of(server.endpoint()), Optional.empty(), true,
                        StorageOptions.DEFAULT.fetch(), StorageOptions.DEFAULT.retries())
                : Sky.options().withS3Endpoint(server.endpoint());
        CatalogInput.Pair planned = open(margin, cone, options);
        CatalogInput.Pair run = open(margin, cone, options);

        JobEstimate estimate = JobEstimate.of(planned.left(), planned.right(), MatchOptions.nearestWithin(1), 2,
                Optional.of(new JobEstimate.Link(1e8, 0.05)));
        MatchSummary done = CrossMatch.of(run.left(), run.right(), MatchOptions.nearestWithin(1)).withThreads(2)
                .forEach(table -> {});

        ReadCost read = estimate.read();
        assertThat(done.bytesRead()).isBetween((long) (LEAST * read.bytes()), (long) (MOST * read.bytes()));
        assertThat(done.requests()).isBetween((long) (LEAST * read.requests()), (long) (MOST * read.requests()) + 1);
        assertThat(estimate.linkSeconds().orElseThrow()).isPositive();
    }
}
