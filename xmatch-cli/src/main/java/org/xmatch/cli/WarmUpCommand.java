package org.xmatch.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code xmatch warm-up}, for the launcher: small jobs from disk, S3 and HTTP, so that the class-data
 * archive made meanwhile has the classes of all three.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {

    @Option(names = "--out", required = true)
    private Path out;

    @Override
    public Integer call() throws IOException {
        int status = Xmatch.run("tutorial", "--rows", "300", "--out", out.toString());
        try (LoopbackServer server = new LoopbackServer(out)) {
            status += tutorial(server.url(), List.of());
            // the host is the address: the bucket must be in the path
            status += tutorial("s3:/", List.of("--s3-endpoint", server.url(), "--s3-path-style"));
        }
        return status;
    }

    private int tutorial(String place, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("tutorial", "--rows", "300", "--out", out.toString(),
                "--ztf", place + "/ztf", "--ps1", place + "/ps1", "--ps1-margin", place + "/ps1_10arcs"));
        arguments.addAll(more);
        return Xmatch.run(arguments.toArray(String[]::new));
    }
}
