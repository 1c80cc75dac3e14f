package org.xmatch.io.storage;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Answers requests as a server would, without one: the first is given a byte, all others find nothing. One thread. */
final class S3Rehearsal implements SdkHttpClient {

    private static final String NOTHING = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code>"
            + "<Message>There is none.</Message><Resource>/</Resource><RequestId>0</RequestId></Error>";

    private boolean asked;

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        SdkHttpFullResponse answer = asked ? answer(404, NOTHING)
                : answer(206, "x").toBuilder().putHeader("Content-Range", "bytes 0-0/1").build();
        asked = true;
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                return HttpExecuteResponse.builder().response(answer)
                        .responseBody(answer.content().orElseThrow()).build();
            }

            @Override
            public void abort() {
                // nothing is under way
            }
        };
    }

    private static SdkHttpFullResponse answer(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        return SdkHttpFullResponse.builder().statusCode(status)
                .putHeader("Content-Length", Integer.toString(bytes.length))
                .putHeader("Content-Type", status == 404 ? "application/xml" : "application/octet-stream")
                .putHeader("ETag", "\"0\"")
                .putHeader("Last-Modified", "Thu, 01 Jan 1970 00:00:00 GMT")
                .content(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
                .build();
    }

    @Override
    public void close() {
        // holds nothing
    }
}
