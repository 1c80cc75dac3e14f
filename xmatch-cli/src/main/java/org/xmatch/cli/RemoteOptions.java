package org.xmatch.cli;

import org.xmatch.io.storage.FetchOptions;
import org.xmatch.io.storage.RetryPolicy;
import org.xmatch.io.storage.Storage;
import org.xmatch.io.storage.StorageOptions;
import picocli.CommandLine.Model.CommandSpec;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options of commands that read catalogs, for catalogs on S3. */
final class RemoteOptions {

    private Optional<String> profile = Optional.empty();
    private Optional<URI> endpoint = Optional.empty();
    private Optional<String> region = Optional.empty();
    private boolean pathStyle;

    void addTo(CommandSpec spec) {
        Options.add(spec,
                Options.text("--s3-profile", "NAME", value -> profile = Optional.of(value), "Sign S3 requests with the"
                        + " credentials of this AWS profile; default: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY where"
                        + " set, else unsigned, as public buckets want."),
                Options.uri("--s3-endpoint", "URL", value -> endpoint = Optional.of(value),
                        "Another S3 server than Amazon's."),
                Options.text("--s3-region", "REGION", value -> region = Optional.of(value), "Region asked first; a"
                        + " bucket elsewhere is found. Default: AWS_REGION, else us-east-1."),
                Options.flag("--s3-path-style", value -> pathStyle = value,
                        "Bucket in the path, not in the host name of S3 requests."));
    }

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
