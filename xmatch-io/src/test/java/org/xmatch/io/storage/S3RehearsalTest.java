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
    void onlyNamesOnS3AreForeseen() throws InterruptedException {
        Storage.foresee(List.of("crossmatch", "/data/ztf", "http://host/ps1"));
        assertThat(foreseeing()).isEmpty();

        Storage.foresee(List.of("crossmatch", "s3://bucket/ztf"));
        List<Thread> started = foreseeing();
        assertThat(started).allMatch(Thread::isDaemon);
        for (Thread thread : started) {
            thread.join();
        }
    }

    private static List<Thread> foreseeing() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("xmatch-foresee"))
                .toList();
    }
}
