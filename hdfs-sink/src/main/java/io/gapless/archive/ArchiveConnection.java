package io.gapless.archive;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to the archive on a thread of its own, again and again until it succeeds, so that a
 * recorder can start while the store is away.
 */
final class ArchiveConnection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveConnection.class);
    private static final long RETRY_MILLIS = 2_000;

    private final ArchiveConnector connector;
    private final CompletableFuture<Archive> archive = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = StoreThreads.daemon(this, "archive-connect");

    ArchiveConnection(ArchiveConnector connector) {
        this.connector = connector;
    }

    void start() {
        thread.start();
    }

    /** Done as soon as there is an archive. */
    CompletableFuture<Archive> archive() {
        return archive;
    }

    @Override
    public void run() {
        boolean reported = false;
        try {
            do {
                reported = attempt(reported);
            } while (!archive.isDone() && !closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("connecting was given up", e);
        }
        closed.countDown();
    }

    /**
     * @return whether the failure is known to people
     */
    private boolean attempt(boolean reported) {
        try {
            archive.complete(connector.connect());
            LOG.info("The archive is connected");
            return false;
        } catch (IOException | RuntimeException e) {
            if (!reported) {
                LOG.warn("Video waits in memory: {}", e.getMessage());
            }
            return true;
        }
    }

    /** Closes the archive in its own time; a client whose store is away can take minutes. */
    @SuppressWarnings("FutureReturnValueIgnored") // the archive may never come to be
    void close() {
        closed.countDown();
        thread.interrupt();
        archive.thenAccept(
                open -> StoreThreads.daemon(() -> closeQuietly(open), "archive-close").start());
    }

    private static void closeQuietly(Archive open) {
        try {
            open.close();
        } catch (IOException e) {
            LOG.debug("closing the archive's file system failed", e);
        }
    }
}
