package org.xmatch.io.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

class S3RehearsalTest {

    @Test
    void oneFileIsThereAndOneIsNotAndNoServerIsAsked() throws IOException {
        assertThat(S3Store.rehearse()).isEqualTo(List.of(206, 404));
    }

    @Test
    void onlyNamesOnS3AreForeseen() {
        assertThat(Storage.foreseen(List.of("crossmatch", "/data/ztf", "http://host/ps1"))).isEmpty();
        assertThat(Storage.foreseen(List.of("crossmatch", "s3://bucket/ztf"))).hasValueSatisfying(
                thread -> assertThat(thread.isDaemon()).isTrue());
    }
}
