package org.xmatch.cli;

import org.xmatch.io.storage.FetchOptions;
import org.xmatch.io.storage.RetryPolicy;
import org.xmatch.io.storage.Storage;
import org.xmatch.io.storage.StorageOptions;
import picocli.CommandLine.Option;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options of commands that read catalogs, for catalogs on S3. */
final class RemoteOptions {

    @Option(names = "--s3-profile", paramLabel = "NAME",
            description = "Sign S3 requests with the credentials of this AWS profile; default: AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY where set, else unsigned, as public buckets want.")
    private Optional<String> profile;

    @Option(names = "--s3-endpoint", paramLabel = "URL", description = "Another S3 server than Amazon's.")
    private Optional<URI> endpoint;

    @Option(names = "--s3-region", paramLabel = "REGION",
            description = "Region asked first; a bucket elsewhere is found. Default: AWS_REGION, else us-east-1.")
    private Optional<String> region;

    @Option(names = "--s3-path-style", description = "Bucket in the path, not in the host name of S3 requests.")
    private boolean pathStyle;

    /** These options as they are typed. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        profile.ifPresent(value -> arguments.addAll(List.of("--s3-profile", value)));
        endpoint.ifPresent(value -> arguments.addAll(List.of("--s3-endpoint", value.toString())));
        region.ifPresent(value -> arguments.addAll(List.of("--s3-region", value)));
        if (pathStyle) {
            arguments.add("--s3-path-style");
        }
        return arguments;
    }

    /** The storage these options describe. */
    Storage storage() {
        return Storage.of(new StorageOptions(profile, endpoint, region, pathStyle, FetchOptions.DEFAULT,
                RetryPolicy.DEFAULT));
    }
}
