package io.gapless.media.timeline;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.Interruption;
import io.gapless.media.TimeRange;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * Computes a timeline from what an archive holds, whoever wrote it. Stateless.
 *
 * @param <E> a fragment as the caller knows it
 */
public final class TimelineBuilder<E> {
    /**
     * @param presentationTimes asked only for fragments that are shown in part
     */
    @SuppressWarnings("UnusedVariable")
    public TimelineBuilder(
            Function<E, FragmentHeader> header, PresentationTimes<E> presentationTimes) {}

    /**
     * @param fragments of the camera, in any order; those outside the range are welcome, since they
     *     say where a gap that reaches into it begins
     * @param interruptions of the camera, in any order, likewise
     * @param earlierRecordings whether the archive holds video of the camera before the first of
     *     {@code fragments}: without any, nothing is missing before the first frame ever, unless an
     *     interruption says so
     * @throws IOException if the presentation times of a fragment cannot be read
     */
    public TimelineReport<E> build(
            CameraId camera,
            TimeRange range,
            List<E> fragments,
            List<Interruption> interruptions,
            boolean earlierRecordings)
            throws IOException {
        return new TimelineReport<>(
                new Timeline(camera, range, 0, List.of(), List.of()),
                List.of(),
                List.of(),
                List.of());
    }
}
