package io.gapless.job.cli;

import io.gapless.job.cli.FlinkRest.Metric;
import io.gapless.media.CameraId;
import io.gapless.media.MediaTime;
import io.gapless.rtp.clock.ClockReading;
import io.gapless.rtp.clock.SenderReportTrust;
import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a running recorder knows of its cameras' clocks, which is more than a short look at them can
 * tell: drift takes minutes to measure.
 */
final class RecordedClocks {
    private static final Pattern CLOCK =
            Pattern.compile(
                    "(?<subtask>\\d+\\..*)\\.camera\\.(?<camera>.+)\\."
                            + "(?<name>frames|clockOffsetSeconds|clockDriftPpm|senderReports)");

    private static final String FRAMES = "frames";

    private final Map<String, ClockReading> clocks;

    private RecordedClocks(Map<String, ClockReading> clocks) {
        this.clocks = clocks;
    }

    static RecordedClocks none() {
        return new RecordedClocks(Map.of());
    }

    /**
     * @param recorder the address of its Flink's web UI
     */
    static RecordedClocks ask(URI recorder) throws IOException, InterruptedException {
        return of(new FlinkRest(recorder).metrics(id -> CLOCK.matcher(id).matches()));
    }

    /** A camera that has moved to another subtask counts where it is ahead. */
    static RecordedClocks of(List<Metric> metrics) {
        Map<String, Map<String, Map<String, Double>>> bySubtask = new HashMap<>();
        for (Metric metric : metrics) {
            Matcher clock = CLOCK.matcher(metric.id());
            if (clock.matches()) {
                bySubtask
                        .computeIfAbsent(clock.group("camera"), camera -> new HashMap<>())
                        .computeIfAbsent(clock.group("subtask"), subtask -> new HashMap<>())
                        .put(clock.group("name"), metric.value());
            }
        }
        Map<String, ClockReading> clocks = new HashMap<>();
        bySubtask.forEach((camera, values) -> clocks.put(camera, reading(farthest(values))));
        return new RecordedClocks(clocks);
    }

    private static Map<String, Double> farthest(Map<String, Map<String, Double>> bySubtask) {
        return bySubtask.values().stream()
                .max(Comparator.comparingDouble(values -> values.getOrDefault(FRAMES, 0.0)))
                .orElseThrow();
    }

    private static ClockReading reading(Map<String, Double> values) {
        OptionalDouble offset = known(values, "clockOffsetSeconds");
        long trust = values.getOrDefault("senderReports", 0.0).longValue();
        return new ClockReading(
                offset.isPresent()
                        ? OptionalLong.of(
                                Math.round(offset.getAsDouble() * MediaTime.TICKS_PER_SECOND))
                        : OptionalLong.empty(),
                known(values, "clockDriftPpm"),
                SenderReportTrust.ofNumber(trust).orElse(SenderReportTrust.NONE),
                0);
    }

    private static OptionalDouble known(Map<String, Double> values, String name) {
        double value = values.getOrDefault(name, Double.NaN);
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** Empty if the recorder does not record this camera. */
    Optional<ClockReading> of(CameraId camera) {
        return Optional.ofNullable(clocks.get(camera.value()));
    }
}
