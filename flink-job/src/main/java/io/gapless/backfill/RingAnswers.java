package io.gapless.backfill;

import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.stitch.Offer;
import java.util.List;
import java.util.Optional;

/**
 * What all rings together said of a camera in a range.
 *
 * @param offers what they hold, each fragment of each ring
 * @param distrusted where they offer what is not asked for again yet, since it was not what they
 *     said
 * @param newest of each ring that answered: the end of the camera's newest fragment there
 * @param silent rings that did not answer, or not for all their disks
 */
record RingAnswers(
        List<Offer<RingCopy>> offers,
        List<TimeRange> distrusted,
        List<Optional<MediaTime>> newest,
        int silent) {
    RingAnswers {
        offers = List.copyOf(offers);
        distrusted = List.copyOf(distrusted);
        newest = List.copyOf(newest);
    }
}
