package org.xmatch.it;

import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;

/** An S3 server in this process. The folders of its root are its buckets. */
final class S3Server implements AutoCloseable {

    static final String KEY = "someone";
    static final String SECRET = "and their secret";

    private final S3Proxy proxy;

    private S3Server(S3Proxy proxy) {
        this.proxy = proxy;
    }

    /** Asks for no signature, or refuses what is not signed with {@link #KEY}. */
    static S3Server start(Path root, boolean signed) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", root.toString());
        S3Proxy.Builder builder = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem", properties))
                .stopTimeout(0) // do not wait for idle connections
                .endpoint(URI.create("http://127.0.0.1:0"));
        if (signed) {
            builder.awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET);
        }
        S3Proxy proxy = builder.build();
        proxy.start();
        return new S3Server(proxy);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) { // declared so by the server
            throw new IllegalStateException("the S3 server cannot be stopped", e);
        }
    }
}
