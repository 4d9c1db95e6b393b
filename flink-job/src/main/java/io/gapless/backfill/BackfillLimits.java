package io.gapless.backfill;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * How eagerly and how far back gaps are filled, so that live recording comes first.
 *
 * @param interval between two looks at a camera's timeline
 * @param lookBack how far back gaps are looked for: as long as the rings keep video
 * @param bandwidthBytes per second and TaskManager
 * @param memoryBytes of video on its way from rings to the archive, per TaskManager
 * @param fetches at the same time, per TaskManager
 */
public record BackfillLimits(
        Duration interval, Duration lookBack, long bandwidthBytes, long memoryBytes, int fetches)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** 30 s, 24 h, 64 MiB/s, 128 MiB, 4. */
    public static final BackfillLimits DEFAULT =
            new BackfillLimits(
                    Duration.ofSeconds(30), Duration.ofHours(24), 64L << 20, 128L << 20, 4);

    public BackfillLimits {
        requireNonNull(interval, "interval is null");
        requireNonNull(lookBack, "lookBack is null");
        if (bandwidthBytes < 1 || memoryBytes < 1 || fetches < 1) {
            throw new IllegalArgumentException(
                    "%d bytes a second, %d bytes of memory, %d fetches"
                            .formatted(bandwidthBytes, memoryBytes, fetches));
        }
    }
}
