package io.gapless.backfill;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the archive answers. One line when it stops, one when it is back; meanwhile all cameras
 * wait together, with growing patience. For any thread.
 */
final class ArchiveHealth {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveHealth.class);
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LAST = Duration.ofSeconds(30);

    private int failures;

    synchronized void answered() {
        if (failures > 0) {
            LOG.info("The archive can be read again; gaps are looked for");
        }
        failures = 0;
    }

    /** How long to wait before the next look. */
    synchronized Duration failed(String camera, Exception failure) {
        if (failures++ == 0) {
            LOG.warn(
                    "Gaps cannot be looked for, the archive fails (camera {}): {}",
                    camera,
                    failure.toString());
        }
        Duration wait = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
        return wait.compareTo(LAST) < 0 ? wait : LAST;
    }
}
