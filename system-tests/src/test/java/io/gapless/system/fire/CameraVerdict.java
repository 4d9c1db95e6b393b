package io.gapless.system.fire;

import io.gapless.system.backfill.Verdict;
import java.util.List;

/**
 * What became of a camera in a scenario.
 *
 * @param stretches of all its frames
 * @param liveGaps of the primary's own recording
 * @param ringHolds frames that are missing although a ring holds them
 * @param beyond frames before the first and after the last that the archive shows: must be none
 */
record CameraVerdict(
        String camera,
        Verdict verdict,
        List<Stretch> stretches,
        List<Stretch> liveGaps,
        long ringHolds,
        long beyond) {}
