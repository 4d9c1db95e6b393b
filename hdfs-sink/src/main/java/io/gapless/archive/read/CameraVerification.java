package io.gapless.archive.read;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.Origin;
import io.gapless.media.timeline.Gap;
import io.gapless.media.timeline.Span;
import io.gapless.media.timeline.Timeline;
import java.util.List;

/**
 * What reading a camera's recordings again has shown.
 *
 * @param recordings files read
 * @param fragments found in them within the range, those stored twice counted twice
 * @param frames video access units of these fragments
 * @param bytes read
 * @param hiddenBytes of those fragments of which no frame is shown, as others hold the same video
 *     or better: damaged ones and beginnings whose place a fill has taken, and what was stored
 *     twice
 * @param problems in the order of the files
 * @param timeline of the camera within the range: spans with their origins, gaps with their causes,
 *     seams
 */
public record CameraVerification(
        CameraId camera,
        int recordings,
        long fragments,
        long frames,
        long bytes,
        long hiddenBytes,
        List<Problem> problems,
        Timeline timeline) {
    public CameraVerification {
        requireNonNull(camera, "camera is null");
        problems = List.copyOf(problems);
        requireNonNull(timeline, "timeline is null");
    }

    /** Each with its cause. */
    public List<Gap> gaps() {
        return timeline.gaps();
    }

    /** How many stretches come from that kind of recorder. */
    public long spans(Origin origin) {
        return timeline.spans().stream().filter(span -> span.origin() == origin).count();
    }

    /** How many of the frames shown come from that kind of recorder; each frame counts once. */
    public long frames(Origin origin) {
        return timeline.spans().stream()
                .filter(span -> span.origin() == origin)
                .mapToLong(Span::frames)
                .sum();
    }

    /** Whether every byte is as it was written and every gap is declared. */
    public boolean whole() {
        return problems.isEmpty();
    }
}
