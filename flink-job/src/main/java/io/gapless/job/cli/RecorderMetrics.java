package io.gapless.job.cli;

import io.gapless.job.cli.FlinkRest.Metric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which metrics of a recorder the live table shows, and what they mean together. */
final class RecorderMetrics {
    private static final Pattern OF_CAMERA =
            Pattern.compile(
                    "\\d+\\..*\\.camera\\.(?<camera>.+)\\."
                            + "(?<name>receivedBytes|frames|lastFrameAgeMs|reconnects|lostPackets"
                            + "|openGapSeconds|openGaps|openSeconds)");
    private static final Pattern LOST_SECONDS =
            Pattern.compile("\\d+\\..*\\.backfill\\.lostSeconds");

    private RecorderMetrics() {}

    static boolean areShown(String id) {
        return OF_CAMERA.matcher(id).matches() || LOST_SECONDS.matcher(id).matches();
    }

    /** A camera that has moved to another subtask counts where it is ahead. */
    static RecorderStatus status(List<Metric> metrics) {
        Map<String, Map<String, Long>> values = new HashMap<>();
        long lostSeconds = 0;
        for (Metric metric : metrics) {
            Matcher ofCamera = OF_CAMERA.matcher(metric.id());
            if (ofCamera.matches()) {
                values.computeIfAbsent(ofCamera.group("camera"), camera -> new HashMap<>())
                        .merge(ofCamera.group("name"), metric.whole(), Math::max);
            } else if (LOST_SECONDS.matcher(metric.id()).matches()) {
                lostSeconds += metric.whole();
            }
        }
        Map<String, CameraStatus> cameras = new HashMap<>();
        values.forEach((camera, named) -> cameras.put(camera, CameraStatus.of(named)));
        return RecorderStatus.of(cameras, lostSeconds);
    }
}
