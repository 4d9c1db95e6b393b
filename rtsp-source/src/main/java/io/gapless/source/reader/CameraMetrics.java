package io.gapless.source.reader;

import io.gapless.rtp.clock.ClockReading;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics of one camera. Flink cannot take a single one back, so they outlive the camera's feed
 * and show the next one if the camera returns.
 */
final class CameraMetrics {
    private volatile CameraFeed feed;

    CameraMetrics(MetricGroup subtask, String camera, CameraFeed first) {
        this.feed = first;
        MetricGroup group = subtask.addGroup("camera", camera);
        count(group, "receivedBytes", RecorderCounts::receivedBytes);
        count(group, "frames", RecorderCounts::frames);
        count(group, "lostPackets", RecorderCounts::lostPackets);
        count(group, "reconnects", RecorderCounts::reconnects);
        group.gauge("lastFrameAgeMs", (Gauge<Long>) () -> feed.lastFrameAgeMs());
        group.gauge("openGapSeconds", (Gauge<Double>) () -> feed.openGapSeconds());
        clock(group, "clockOffsetSeconds", ClockReading::cameraOffsetSeconds);
        clock(group, "clockDriftPpm", ClockReading::driftPpm);
        group.gauge("senderReports", (Gauge<Integer>) () -> feed.counts().clock().trust().number());
    }

    void show(CameraFeed next) {
        feed = next;
    }

    /** Not a number while nothing is known. */
    private void clock(
            MetricGroup group, String name, Function<ClockReading, OptionalDouble> value) {
        group.gauge(
                name, (Gauge<Double>) () -> value.apply(feed.counts().clock()).orElse(Double.NaN));
    }

    private void count(MetricGroup group, String name, ToLongFunction<RecorderCounts> count) {
        group.gauge(name, (Gauge<Long>) () -> count.applyAsLong(feed.counts()));
    }
}
