package org.xmatch.io.storage;

import org.xmatch.io.StorageException;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Amazon S3 and what speaks its protocol, by the AWS SDK: one request a call, no retry, no checksum of
 * parts. Asks a bucket's own region after a redirect.
 */
final class S3Store implements ObjectStore {

    private final S3Client client;

    private S3Store(S3Client client) {
        this.client = client;
    }

    static S3Store of(StorageOptions options) {
        try {
            S3ClientBuilder builder = builder(credentials(options), region(options)).httpClientBuilder(http(options))
                    .forcePathStyle(options.s3PathStyle());
            options.s3Endpoint().ifPresent(builder::endpointOverride);
            return new S3Store(builder.build());
        } catch (SdkClientException e) {
            throw new StorageException("s3:", "S3 cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Asks nobody for a file that is there and for one that is not, so that the SDK's classes are loaded when
     * somebody is asked. Returns the statuses.
     */
    static List<Integer> rehearse() throws IOException {
        http(StorageOptions.DEFAULT).build().close();
        try (S3Client client = builder(AnonymousCredentialsProvider.create(), Region.US_EAST_1)
                .httpClient(new S3Rehearsal()).build()) {
            S3Store store = new S3Store(client);
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Answer answer = store.get(RemoteName.of("s3://bucket/key"), "bytes=0-0", Optional.empty());
                answer.end().run(answer.body().readAllBytes().length > 0);
                statuses.add(answer.status());
            }
            return statuses;
        }
    }

    private static S3ClientBuilder builder(AwsCredentialsProvider credentials, Region region) {
        return S3Client.builder()
                .credentialsProvider(credentials)
                .region(region)
                .crossRegionAccessEnabled(true)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .overrideConfiguration(sdk -> sdk
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_PREFIX, Program.USER_AGENT));
    }

    private static Apache5HttpClient.Builder http(StorageOptions options) {
        return Apache5HttpClient.builder()
                .maxConnections(256)
                .connectionTimeout(options.retries().timeout())
                .socketTimeout(options.retries().timeout());
    }

    private static AwsCredentialsProvider credentials(StorageOptions options) {
        if (options.s3Profile().isPresent()) {
            String name = options.s3Profile().get();
            if (ProfileFile.defaultProfileFile().profile(name).isEmpty()) {
                throw new StorageException("s3:", "there is no profile '" + name + "' in the AWS configuration files"
                        + " (~/.aws/credentials, ~/.aws/config): name another with --s3-profile");
            }
            return ProfileCredentialsProvider.create(name);
        }
        return environment("AWS_ACCESS_KEY_ID").isPresent()
                ? EnvironmentVariableCredentialsProvider.create()
                : AnonymousCredentialsProvider.create();
    }

    private static Region region(StorageOptions options) {
        return Region.of(options.s3Region()
                .or(() -> environment("AWS_REGION"))
                .or(() -> environment("AWS_DEFAULT_REGION"))
                .or(() -> options.s3Profile().flatMap(name -> ProfileFile.defaultProfileFile().profile(name))
                        .flatMap(profile -> profile.property(ProfileProperty.REGION)))
                .orElse("us-east-1"));
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }

    @Override
    public Answer get(RemoteName name, String range, Optional<Version> pinned) throws IOException {
        if (name.path().isEmpty()) {
            return failure(404, "a bucket is no file", "");
        }
        GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(name.host()).key(name.path());
        if (!range.isEmpty()) {
            request.range(range);
        }
        if (pinned.isPresent() && pinned.get().isStrong()) {
            request.ifMatch(pinned.get().etag());
        }
        try {
            ResponseInputStream<GetObjectResponse> body = client.getObject(request.build());
            GetObjectResponse head = body.response();
            return new Answer(head.sdkHttpResponse().statusCode(), "",
                    head.contentLength() == null ? -1 : head.contentLength(), false,
                    Answer.orEmpty(head.contentRange()),
                    new Version(Answer.orEmpty(head.eTag()),
                            head.lastModified() == null ? "" : head.lastModified().toString(), -1),
                    "", body, complete -> end(body, complete));
        } catch (S3Exception e) {
            return failure(e);
        } catch (SdkClientException e) {
            throw noAnswer(e);
        }
    }

    private static void end(ResponseInputStream<GetObjectResponse> body, boolean complete) {
        if (!complete) {
            body.abort();
            return;
        }
        try {
            body.close();
        } catch (IOException e) {
            body.abort(); // all bytes were read: only the connection is lost
        }
    }

    private static Answer failure(S3Exception e) {
        String code = e.awsErrorDetails() == null ? "" : Answer.orEmpty(e.awsErrorDetails().errorCode());
        boolean timeout = code.equals("RequestTimeout"); // sent as a 400
        String retryAfter = e.awsErrorDetails() == null || e.awsErrorDetails().sdkHttpResponse() == null ? ""
                : e.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Retry-After").orElse("");
        return failure(timeout ? 408 : e.statusCode(), code, retryAfter);
    }

    private static Answer failure(int status, String reason, String retryAfter) {
        return new Answer(status, reason, -1, false, "", new Version("", "", -1), retryAfter,
                InputStream.nullInputStream(), complete -> {});
    }

    private static IOException noAnswer(SdkClientException e) {
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt();
        }
        return new IOException(e.getMessage(), e);
    }

    @Override
    public List<String> list(RemoteName folder) throws IOException {
        String prefix = folder.path().isEmpty() ? "" : folder.path() + "/";
        ListObjectsV2Request request =
                ListObjectsV2Request.builder().bucket(folder.host()).prefix(prefix).delimiter("/").build();
        TreeSet<String> names = new TreeSet<>();
        try {
            client.listObjectsV2Paginator(request).forEach(page -> {
                page.contents().forEach(object -> names.add(object.key().substring(prefix.length())));
                page.commonPrefixes().forEach(found -> names.add(found.prefix().substring(prefix.length())));
            });
        } catch (S3Exception e) {
            Answer answer = failure(e);
            throw new RefusedException(answer.status(), answer.reason());
        } catch (SdkClientException e) {
            throw noAnswer(e);
        }
        names.remove(""); // the folder's own marker
        return new ArrayList<>(names);
    }

    @Override
    public String keysHint() {
        return "the bucket is private or has no such file: name a profile with --s3-profile, or set"
                + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; public buckets are read without either";
    }
}
