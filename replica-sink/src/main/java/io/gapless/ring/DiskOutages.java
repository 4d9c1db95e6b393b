package io.gapless.ring;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a disk is left alone and when it is tried again: after a time that doubles with each failure
 * and is short again once a whole segment was written. Guarded like {@link Disk}.
 */
final class DiskOutages {
    private static final Logger LOG = LoggerFactory.getLogger(DiskOutages.class);

    private final RingOptions options;
    private final LongSupplier nanoTicker;

    DiskOutages(RingOptions options, LongSupplier nanoTicker) {
        this.options = options;
        this.nanoTicker = nanoTicker;
    }

    /** Whether a disk that is not in use is to be tried now. */
    boolean isDue(Disk disk) {
        return disk.state == Disk.State.NEW || nanoTicker.getAsLong() - disk.retryNanos >= 0;
    }

    /** Whether the disk's thread has been at one thing for too long. */
    boolean hangs(Disk disk) {
        long now = nanoTicker.getAsLong();
        long deadline = options.writeDeadline().toNanos();
        return disk.healthy()
                && disk.turn.filter(turn -> now - turn.startedNanos() > deadline).isPresent();
    }

    /** Leaves a disk alone; false if it was already. */
    boolean begin(Disk disk, String cause) {
        if (disk.state == Disk.State.OUT) {
            return false;
        }
        disk.state = Disk.State.OUT;
        LOG.warn(
                "Ring disk {} is left alone for {}, its cameras move to the others: {}",
                disk.directory,
                prolong(disk),
                cause);
        return true;
    }

    /** Leaves it alone for longer; answers how long. */
    Duration prolong(Disk disk) {
        Duration delay = options.firstRetry();
        for (int i = 0; i < disk.failures && delay.compareTo(options.lastRetry()) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        delay = delay.compareTo(options.lastRetry()) > 0 ? options.lastRetry() : delay;
        disk.failures++;
        disk.retryNanos = nanoTicker.getAsLong() + delay.toNanos();
        return delay;
    }

    void end(Disk disk) {
        if (disk.state == Disk.State.OUT) {
            LOG.info("Ring disk {} works again", disk.directory);
        }
        disk.state = Disk.State.HEALTHY;
    }
}
