package io.gapless.archive.read;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.timeline.Gap;
import java.util.List;

/**
 * What reading a camera's recordings again has shown.
 *
 * @param recordings files read
 * @param fragments found in them within the range, those stored twice counted twice
 * @param frames video access units of these fragments
 * @param bytes read
 * @param problems in the order of the files
 * @param gaps of the camera's timeline within the range, each with its cause
 */
public record CameraVerification(
        CameraId camera,
        int recordings,
        long fragments,
        long frames,
        long bytes,
        List<Problem> problems,
        List<Gap> gaps) {
    public CameraVerification {
        requireNonNull(camera, "camera is null");
        problems = List.copyOf(problems);
        gaps = List.copyOf(gaps);
    }

    /** Whether every byte is as it was written and every gap is declared. */
    public boolean whole() {
        return problems.isEmpty();
    }
}
