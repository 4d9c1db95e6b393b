package io.gapless.ring;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trims one disk every few seconds, on a thread of its own. */
final class TrimThread implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TrimThread.class);

    private final Disk disk;
    private final RingQueue queue;
    private boolean failing;

    TrimThread(Disk disk, RingQueue queue) {
        this.disk = disk;
        this.queue = queue;
    }

    /** One look, or several while there is much to delete. */
    @Override
    public void run() {
        try {
            boolean more = true;
            while (more && !Thread.currentThread().isInterrupted()) {
                more = disk.trimmer.trim();
            }
            queue.room(disk, disk.trimmer.roomBytes());
            if (failing) {
                LOG.info("Ring disk {} is trimmed again", disk.directory);
            }
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn("Ring disk {} cannot be trimmed: {}", disk.directory, e.toString());
            }
            failing = true;
        } catch (RuntimeException e) {
            LOG.error("Ring disk {} could not be trimmed", disk.directory, e);
        }
    }
}
