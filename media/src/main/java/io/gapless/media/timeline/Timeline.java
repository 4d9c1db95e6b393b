package io.gapless.media.timeline;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import java.util.List;

/**
 * What the archive holds of a camera.
 *
 * @param range the range asked for; frames belong to it if they are presented in it
 * @param frames the sum over the spans
 * @param spans in order, without overlap
 * @param gaps in order, without overlap
 * @param seams where video begins that was placed by time alone, in order
 */
public record Timeline(
        CameraId camera,
        TimeRange range,
        long frames,
        List<Span> spans,
        List<Gap> gaps,
        List<MediaTime> seams) {
    public Timeline {
        requireNonNull(camera, "camera is null");
        requireNonNull(range, "range is null");
        spans = List.copyOf(spans);
        gaps = List.copyOf(gaps);
        seams = List.copyOf(seams);
    }

    /** A timeline without seams. */
    public Timeline(
            CameraId camera, TimeRange range, long frames, List<Span> spans, List<Gap> gaps) {
        this(camera, range, frames, spans, gaps, List.of());
    }
}
