package org.xmatch.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.io.StorageException;
import org.xmatch.io.XMatchException;
import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.storage.Storage;
import org.xmatch.io.storage.StorageOptions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Catalogs on an S3 server, by the AWS client: the result is the local one, byte for byte. */
class S3Test {

    @TempDir
    private static Path root;

    @TempDir
    private Path folder;

    private static S3Server server;

    @BeforeAll
    static void serve() throws Exception {
        Sky.make(root, 20_000);
        // what anyone may read, a server that asks for signatures gives to anyone
        try (Stream<Path> all = Files.walk(root.resolve("sky"))) {
            for (Path path : all.toList()) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
        }
        server = S3Server.start(root, false);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Storage storage() {
        return Storage.of(Sky.options().withS3Endpoint(server.endpoint()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ps1_10arcs", ""})
    void anAnonymousBucketGivesTheLocalPairs(String margin) throws Exception {
        byte[] local = Sky.tutorial(root.resolve("sky").toString(), margin, Storage.standard(), folder);

        assertThat(Sky.tutorial("s3://sky", margin, storage(), folder)).isEqualTo(local);
    }

    @Test
    void aPrivateBucketIsReadWithAProfileAndRefusedWithout() throws Exception {
        byte[] local = Sky.tutorial(root.resolve("sky").toString(), "ps1_10arcs", Storage.standard(), folder);
        Path credentials = folder.resolve("credentials");
        Files.writeString(credentials, "[astronomer]\naws_access_key_id = " + S3Server.KEY
                + "\naws_secret_access_key = " + S3Server.SECRET + "\n");
        String before = System.setProperty("aws.sharedCredentialsFile", credentials.toString());
        try (S3Server signed = S3Server.start(root, true)) {
            StorageOptions anonymous = Sky.options().withS3Endpoint(signed.endpoint());
            StorageOptions profile = new StorageOptions(Optional.of("astronomer"), anonymous.s3Endpoint(),
                    Optional.empty(), true, anonymous.fetch(), anonymous.retries());
            StorageOptions unknown = new StorageOptions(Optional.of("nobody"), anonymous.s3Endpoint(),
                    Optional.empty(), true, anonymous.fetch(), anonymous.retries());

            assertThat(Sky.tutorial("s3://sky", "ps1_10arcs", Storage.of(profile), folder)).isEqualTo(local);
            assertThatThrownBy(() -> CatalogInput.open("s3://sky/ztf", Storage.of(anonymous)))
                    .isInstanceOf(XMatchException.class)
                    .hasMessageContainingAll("s3://sky/ztf", "status 403", "--s3-profile", "AWS_ACCESS_KEY_ID");
            assertThatThrownBy(() -> CatalogInput.open("s3://sky/ztf", Storage.of(unknown)))
                    .isInstanceOf(StorageException.class).hasMessageContainingAll("nobody", "--s3-profile");
        } finally {
            if (before == null) {
                System.clearProperty("aws.sharedCredentialsFile");
            } else {
                System.setProperty("aws.sharedCredentialsFile", before);
            }
        }
    }

    @Test
    void credentialsOfTheEnvironmentSignRequests() throws Exception {
        try (S3Server signed = S3Server.start(root, true)) {
            Process info = info(signed,
                    Map.of("AWS_ACCESS_KEY_ID", S3Server.KEY, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET));

            requireEnd(info, 0, "name: ztf");
        }
    }

    @Test
    void aProfileOnTheCommandLineSignsRequests() throws Exception {
        Path credentials = folder.resolve("credentials");
        Files.writeString(credentials, "[astronomer]\naws_access_key_id = " + S3Server.KEY
                + "\naws_secret_access_key = " + S3Server.SECRET + "\n");
        // the profile's keys, whatever the environment has
        Map<String, String> environment = Map.of("AWS_SHARED_CREDENTIALS_FILE", credentials.toString(),
                "AWS_ACCESS_KEY_ID", "someone else", "AWS_SECRET_ACCESS_KEY", "theirs");
        try (S3Server signed = S3Server.start(root, true)) {
            Process info = info(signed, environment, "--s3-profile", "astronomer");
            Process unknown = info(signed, environment, "--s3-profile", "nobody");
            Process unsigned = info(signed, Map.of());

            requireEnd(info, 0, "name: ztf");
            requireEnd(unknown, 1, "there is no profile 'nobody'");
            requireEnd(unsigned, 1, "status 403");
        }
    }

    /** The program in a process of its own, as only there its environment can be set. */
    private static Process info(S3Server server, Map<String, String> environment, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "org.xmatch.cli.Xmatch", "info", "s3://sky/ztf",
                "--s3-endpoint", server.endpoint().toString()));
        command.addAll(List.of(more));
        ProcessBuilder info = new ProcessBuilder(command);
        info.environment().putAll(environment);
        return info.redirectErrorStream(true).start();
    }

    private static void requireEnd(Process process, int status, String words) throws Exception {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(status);
        assertThat(said).contains(words);
    }

    @Test
    void aBucketInAnotherRegionIsFound() throws Exception {
        byte[] local = Sky.tutorial(root.resolve("sky").toString(), "ps1_10arcs", Storage.standard(), folder);
        Path credentials = folder.resolve("credentials");
        Files.writeString(credentials, "[astronomer]\naws_access_key_id = a\naws_secret_access_key = b\n");
        System.setProperty("aws.sharedCredentialsFile", credentials.toString());
        for (int status : new int[] {301, 307, 400}) {
            try (WebServer web = WebServer.start(root)) {
                // the signature names the region that was asked
                web.setFault((exchange, request, file) -> {
                    if (exchange.getRequestHeaders().getFirst("Authorization").contains("/eu-west-3/s3/")) {
                        return true;
                    }
                    exchange.getResponseHeaders().set("x-amz-bucket-region", "eu-west-3");
                    return WebServer.fail(exchange, status);
                });
                Storage storage = Storage.of(new StorageOptions(Optional.of("astronomer"), Optional.of(web.endpoint()),
                        Optional.empty(), true, Sky.options().fetch(), Sky.options().retries()));

                assertThat(Sky.tutorial("s3://sky", "ps1_10arcs", storage, folder)).isEqualTo(local);
            }
        }
    }

    @Test
    void anAnonymousRequestNamesTheProgramAndHasNoSignature() throws Exception {
        try (WebServer web = WebServer.start(root)) {
            List<String> agents = new CopyOnWriteArrayList<>();
            web.setFault((exchange, request, file) -> {
                agents.add(exchange.getRequestHeaders().getFirst("User-Agent"));
                return exchange.getRequestHeaders().getFirst("Authorization") == null;
            });

            CatalogInput.open("s3://sky/ztf", Storage.of(Sky.options().withS3Endpoint(web.endpoint())));
            CatalogInput.open(web.url("sky/ztf"), Storage.of(Sky.options()));

            assertThat(agents).isNotEmpty().allMatch(agent -> agent.startsWith("xmatch/"));
        }
    }

    @Test
    void aCatalogThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> CatalogInput.open("s3://sky/nothing", storage()))
                .isInstanceOf(XMatchException.class).hasMessageContainingAll("s3://sky/nothing", "no HATS catalog");
        assertThatThrownBy(() -> CatalogInput.open("s3://nowhere/at/all", storage()))
                .isInstanceOf(XMatchException.class).hasMessageContaining("s3://nowhere/at/all");
        assertThatThrownBy(() -> CatalogInput.open("gs://sky/ztf", storage()))
                .isInstanceOf(StorageException.class).hasMessageContaining("gs://sky/ztf");
    }

    @ParameterizedTest
    @CsvSource({"small_sky, small_sky_xmatch, 36", "small_sky_npix_as_dir, small_sky_xmatch, 36",
        "small_sky_order1_collection, small_sky_xmatch, 7200", "small_sky_source, small_sky_xmatch.csv, 36",
        "delve_cone_small, ps1_cone_small, 5"})
    void referenceCatalogsGiveTheLocalPairs(String left, String right, double radius) throws Exception {
        Path shared = Sky.shared("lsdb");
        MatchOptions options = MatchOptions.nearestWithin(radius);
        byte[] local = Sky.match(CrossMatch.of(CatalogInput.open(shared.resolve(left).toString()),
                CatalogInput.open(shared.resolve(right).toString()), options), folder);
        try (S3Server lsdb = S3Server.start(shared.getParent(), false)) {
            Storage storage = Storage.of(Sky.options().withS3Endpoint(lsdb.endpoint()));

            assertThat(Sky.match(CrossMatch.of(CatalogInput.open("s3://lsdb/" + left, storage),
                    CatalogInput.open("s3://lsdb/" + right, storage), options), folder)).isEqualTo(local);
        }
    }

    @Test
    void gaiaAndTychoGiveTheKnownCounts() throws Exception {
        Path hats = Sky.shared("hats");
        try (S3Server served = S3Server.start(hats.getParent(), false)) {
            Storage storage = Storage.of(Sky.options().withS3Endpoint(served.endpoint()));
            CatalogInput gaia = CatalogInput.open("s3://hats/gaia_dr3", storage);
            CatalogInput tycho = CatalogInput.open("s3://hats/tycho2", storage);
            CatalogInput.Pair pair = new CatalogInput.Pair(gaia, tycho);
            CrossMatch match = CrossMatch.of(pair.left(), pair.right(), MatchOptions.nearestWithin(1));

            assertThat(match.count().counts().rowsOut()).isEqualTo(524_586);
            assertThat(CrossMatch.of(gaia, tycho.withoutMargin(), MatchOptions.nearestWithin(1)).count().counts()
                    .rowsOut()).isEqualTo(524_586);
        }
    }

    @Test
    void foldersAreListedForDirectoryLeavesOnly() throws Exception {
        Path copy = folder.resolve("copies/sky");
        try (Stream<Path> all = Files.walk(root.resolve("sky/ps1"))) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                String name = root.resolve("sky").relativize(path).toString();
                Path to = copy.resolve(name.contains("Npix=") ? name.replace(".parquet", "/part0.parquet") : name);
                Files.createDirectories(to.getParent());
                if (name.endsWith("properties")) {
                    Files.writeString(to, Files.readString(path).replaceAll("hats_npix_suffix=.*", "hats_npix_suffix=/"));
                } else {
                    Files.copy(path, to);
                }
            }
        }
        String ztf = root.resolve("sky/ztf").toString();
        MatchOptions options = MatchOptions.nearestWithin(1);
        byte[] local = Sky.match(CrossMatch.of(CatalogInput.open(ztf),
                CatalogInput.open(copy.resolve("ps1").toString()), options), folder);
        try (S3Server served = S3Server.start(copy.getParent(), false); WebServer web = WebServer.start(copy)) {
            Storage storage = Storage.of(Sky.options().withS3Endpoint(served.endpoint()));

            assertThat(Sky.match(CrossMatch.of(CatalogInput.open(ztf), CatalogInput.open("s3://sky/ps1", storage),
                    options), folder)).isEqualTo(local);
            assertThatThrownBy(() -> CrossMatch.of(CatalogInput.open(ztf),
                    CatalogInput.open(web.url("ps1"), storage), options).count())
                    .isInstanceOf(StorageException.class).hasMessageContainingAll("Npix=", "HTTP servers do not list");
        }
    }
}
