package io.gapless.source.reader;

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
    }

    void show(CameraFeed next) {
        feed = next;
    }

    private void count(MetricGroup group, String name, ToLongFunction<RecorderCounts> count) {
        group.gauge(name, (Gauge<Long>) () -> count.applyAsLong(feed.counts()));
    }
}
