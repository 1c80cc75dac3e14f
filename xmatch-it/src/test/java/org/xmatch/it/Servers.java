package org.xmatch.it;

import java.net.URI;
import java.nio.file.Path;

/** An S3 and a web server for the same folder. */
public final class Servers implements AutoCloseable {

    private final S3Server s3;
    private final WebServer http;

    private Servers(S3Server s3, WebServer http) {
        this.s3 = s3;
        this.http = http;
    }

    /** Folders of the root are the S3 server's buckets. */
    public static Servers start(Path root) throws Exception {
        return new Servers(S3Server.start(root, false), WebServer.start(root));
    }

    public URI s3() {
        return s3.endpoint();
    }

    public URI http() {
        return http.endpoint();
    }

    @Override
    public void close() {
        http.close();
        s3.close();
    }
}
