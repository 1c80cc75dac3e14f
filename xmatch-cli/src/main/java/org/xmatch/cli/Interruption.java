package org.xmatch.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or a signal to terminate: the command's thread is interrupted, so that it stops, removes or
 * keeps what it has to and says so, and the process waits for that. Its exit status is the signal's,
 * 130 after Ctrl-C. A second signal changes nothing. One for the process.
 */
final class Interruption {

    // no command takes as long to stop, unless a disk or a server hangs
    private static final long MOST_SECONDS = 30;

    private static volatile boolean requested;

    private final CountDownLatch ended = new CountDownLatch(1);

    private Interruption() {}

    /** Interrupts the calling thread when the process is told to end before {@link #ended}. */
    static Interruption ofThisThread() {
        Interruption interruption = new Interruption();
        Thread command = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.stop(command), "xmatch-interruption"));
        return interruption;
    }

    private void stop(Thread command) {
        if (ended.getCount() == 0) {
            return;
        }
        requested = true;
        command.interrupt();
        try {
            ended.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the process was told to end. */
    static boolean isRequested() {
        return requested;
    }

    /** The command has ended. */
    void ended() {
        ended.countDown();
    }
}
