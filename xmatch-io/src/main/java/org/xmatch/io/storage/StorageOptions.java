package org.xmatch.io.storage;

import java.net.URI;
import java.util.Optional;

/**
 * How remote catalogs are reached.
 *
 * @param s3Profile profile of the AWS configuration files whose credentials sign requests to S3; else those of
 *     the environment, else requests are anonymous
 * @param s3Endpoint another server than Amazon's
 * @param s3Region region asked first; else that of the environment or the profile, else us-east-1
 * @param s3PathStyle bucket in the path, not in the host name
 * @param fetch how much is fetched ahead
 * @param retries patience with servers
 */
public record StorageOptions(Optional<String> s3Profile, Optional<URI> s3Endpoint, Optional<String> s3Region,
        boolean s3PathStyle, FetchOptions fetch, RetryPolicy retries) {

    /** Amazon's S3, anonymous unless the environment has credentials. */
    public static final StorageOptions DEFAULT = new StorageOptions(Optional.empty(), Optional.empty(),
            Optional.empty(), false, FetchOptions.DEFAULT, RetryPolicy.DEFAULT);

    public StorageOptions {
        if (s3Endpoint.isPresent() && (s3Endpoint.get().getHost() == null || s3Endpoint.get().getScheme() == null
                || !s3Endpoint.get().getScheme().matches("https?"))) {
            throw new IllegalArgumentException("the S3 endpoint must be a URL such as https://host:port, got '"
                    + s3Endpoint.get() + "'");
        }
    }

    /** At this server. */
    public StorageOptions withS3Endpoint(URI endpoint) {
        return new StorageOptions(s3Profile, Optional.of(endpoint), s3Region, s3PathStyle, fetch, retries);
    }

    /** With this patience. */
    public StorageOptions withRetries(RetryPolicy policy) {
        return new StorageOptions(s3Profile, s3Endpoint, s3Region, s3PathStyle, fetch, policy);
    }

    /** Fetching ahead like this. */
    public StorageOptions withFetch(FetchOptions options) {
        return new StorageOptions(s3Profile, s3Endpoint, s3Region, s3PathStyle, options, retries);
    }
}
