package io.gapless.backfill;

import io.gapless.media.stitch.PartDigests;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What the cameras of a process share.
 *
 * @param nanoTicker elapsed time in nanoseconds
 */
record BackfillTools(
        ArchiveView archive,
        Rings rings,
        PartDigests<RingCopy> partDigests,
        BackfillLimits limits,
        InstantSource clock,
        LongSupplier nanoTicker) {}
