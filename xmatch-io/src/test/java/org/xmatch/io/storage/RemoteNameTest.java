package org.xmatch.io.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteNameTest {

    @ParameterizedTest
    @CsvSource({
        "s3://bucket, a/b, s3://bucket/a/b",
        "s3://bucket/, a, s3://bucket/a",
        "s3://bucket/x/, a b?c#d=%20, s3://bucket/x/a b?c#d=%20",
        "s3://bucket/x/y, ../z, s3://bucket/x/z",
        "s3://bucket/x/y, /z, s3://bucket/z",
        "http://host:80/x, Norder=1/Dir=0/Npix=3.parquet, http://host:80/x/Norder=1/Dir=0/Npix=3.parquet",
        "https://host/x/?a=/b, ../é y, https://host/%C3%A9%20y?a=/b",
        "https://host?a=b, c, https://host/c?a=b",
    })
    void resolvesChildrenBeforeTheQuery(String root, String child, String url) {
        assertThat(RemoteName.of(root).resolve(child).url()).isEqualTo(url);
    }

    @Test
    void keepsTheQueryOutOfMessages() {
        RemoteName name = RemoteName.of("https://host/x/?key=secret").resolve("properties");

        assertThat(name).hasToString("https://host/x/properties");
        assertThat(name.last()).isEqualTo("properties");
        assertThatThrownBy(() -> RemoteName.of("s3:///key")).isInstanceOf(IllegalArgumentException.class);
    }
}
