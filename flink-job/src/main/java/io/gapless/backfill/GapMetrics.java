package io.gapless.backfill;

import io.gapless.media.CameraId;
import io.gapless.media.MediaMemory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * A subtask's metrics, under {@code backfill}. Counters and gaps are of its own cameras; what is
 * said of rings and memory is the process's, the same for all its subtasks.
 */
final class GapMetrics implements FillListener {
    private static final double MILLIS_PER_SECOND = 1000;
    private static final int HISTOGRAM_SIZE = 1000;

    private final MetricGroup group;
    private final Counter bytesFetched;
    private final Counter fragmentsFetched;
    private final Counter gapsFilled;

    /** Flink's own, which knows the last of them only. */
    private final Histogram millisToFill = new DescriptiveStatisticsHistogram(HISTOGRAM_SIZE);

    private final AtomicLong lastMillisToFill = new AtomicLong();
    private final AtomicLong mostMillisToFill = new AtomicLong();
    private final Map<CameraId, CameraTally> cameras = new ConcurrentHashMap<>();

    /** Flink cannot take a camera's metrics back, so they are registered once. */
    private final Map<CameraId, CameraTally> known = new ConcurrentHashMap<>();

    GapMetrics(MetricGroup subtask, SharedBackfill.Lease backfill, FillQueue queue) {
        this.group = subtask.addGroup("backfill");
        this.bytesFetched = counter("bytesFetched");
        this.fragmentsFetched = counter("fragmentsFetched");
        this.gapsFilled = counter("gapsFilled");
        group.gauge("openGaps", (Gauge<Long>) () -> (long) sum(CameraTally::openGaps));
        group.gauge("openSeconds", (Gauge<Double>) () -> sum(CameraTally::openSeconds));
        group.gauge(
                "unreadRecordings", (Gauge<Long>) () -> (long) sum(CameraTally::unreadRecordings));
        group.gauge("lostSeconds", (Gauge<Double>) () -> sum(CameraTally::lostSeconds));
        group.gauge("secondsToFill", (Gauge<Double>) () -> seconds(lastMillisToFill));
        group.gauge("mostSecondsToFill", (Gauge<Double>) () -> seconds(mostMillisToFill));
        group.histogram("millisToFill", millisToFill);
        group.gauge("ringErrors", (Gauge<Long>) backfill.rings()::errors);
        group.gauge("ringsUnreachable", (Gauge<Integer>) backfill.rings()::failing);
        MediaMemory memory = backfill.memory();
        group.gauge("memoryUsedBytes", (Gauge<Long>) memory::usedBytes);
        group.gauge("memoryBudgetBytes", (Gauge<Long>) memory::budgetBytes);
        group.gauge("queuedBytes", (Gauge<Long>) queue::bytes);
    }

    private Counter counter(String name) {
        return group.counter(name, new ThreadSafeSimpleCounter());
    }

    private double sum(ToDoubleFunction<CameraTally> value) {
        return cameras.values().stream().mapToDouble(value).sum();
    }

    private static double seconds(AtomicLong millis) {
        return millis.get() / MILLIS_PER_SECOND;
    }

    /** A camera's own numbers, shown under {@code camera.ID}. */
    CameraTally camera(CameraId camera) {
        CameraTally tally = known.computeIfAbsent(camera, this::register);
        cameras.put(camera, tally);
        return tally;
    }

    private CameraTally register(CameraId camera) {
        CameraTally tally = new CameraTally();
        MetricGroup own = group.addGroup("camera", camera.value());
        own.gauge("openGaps", (Gauge<Integer>) tally::openGaps);
        own.gauge("openSeconds", (Gauge<Double>) tally::openSeconds);
        return tally;
    }

    void forget(CameraId camera) {
        cameras.remove(camera);
    }

    @Override
    public void fetched(long bytes) {
        bytesFetched.inc(bytes);
        fragmentsFetched.inc();
    }

    @Override
    public void filled(Duration afterResumption) {
        gapsFilled.inc();
        millisToFill.update(afterResumption.toMillis());
        lastMillisToFill.set(afterResumption.toMillis());
        mostMillisToFill.accumulateAndGet(afterResumption.toMillis(), Math::max);
    }
}
