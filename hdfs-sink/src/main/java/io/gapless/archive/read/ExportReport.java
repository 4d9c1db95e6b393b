package io.gapless.archive.read;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.TimeRange;
import io.gapless.media.timeline.Gap;
import java.util.List;

/**
 * What an export holds.
 *
 * @param range what was asked for, clipped to what is recorded so far
 * @param frames video frames presented within the range
 * @param leadInFrames video frames before them, from the key frame on that decoding must start at
 * @param audioFrames audio access units
 * @param bytes size of the file
 * @param gaps stretches of the range without frames; the file keeps their time
 */
public record ExportReport(
        CameraId camera,
        TimeRange range,
        long frames,
        long leadInFrames,
        long audioFrames,
        long bytes,
        List<Gap> gaps) {
    public ExportReport {
        requireNonNull(camera, "camera is null");
        requireNonNull(range, "range is null");
        gaps = List.copyOf(gaps);
    }

    /** Whether no frame of the range is missing. */
    public boolean whole() {
        return gaps.isEmpty();
    }
}
