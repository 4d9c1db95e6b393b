package io.gapless.backfill;

import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.source.split.CameraSplit;
import io.gapless.source.split.CamerasToStop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;

/**
 * Emits what backfill's threads fetch for the cameras of one subtask, without ever waiting itself.
 * All methods run on the task's thread.
 */
final class GapReader implements SourceReader<CameraEvent, CameraSplit> {
    private final SharedBackfill.Lease backfill;
    private final GapSourceOptions options;
    private final FillQueue queue = new FillQueue();
    private final GapMetrics metrics;
    private final Map<CameraId, CameraBackfill> cameras = new TreeMap<>();

    GapReader(
            SourceReaderContext context, SharedBackfill.Lease backfill, GapSourceOptions options) {
        this.backfill = backfill;
        this.options = options;
        this.metrics = new GapMetrics(context.metricGroup(), backfill, queue);
    }

    /** Cameras come with the splits. */
    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<CameraEvent> output) {
        backfill.backfiller()
                .fatal()
                .ifPresent(
                        error -> {
                            throw new IllegalStateException("backfill failed: " + error, error);
                        });
        Optional<Fragment> fragment = queue.poll();
        if (fragment.isEmpty()) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        output.collect(fragment.get());
        return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return queue.available();
    }

    @Override
    public void addSplits(List<CameraSplit> splits) {
        for (CameraSplit split : splits) {
            cameras.computeIfAbsent(
                    split.camera(),
                    camera -> backfill.tend(camera, queue, metrics, metrics.camera(camera)));
        }
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof CamerasToStop stop) {
            stop.cameras().stream().map(CameraId::new).forEach(this::remove);
        }
    }

    private void remove(CameraId camera) {
        CameraBackfill known = cameras.remove(camera);
        if (known != null) {
            backfill.leave(known);
            metrics.forget(camera);
        }
    }

    @Override
    public List<CameraSplit> snapshotState(long checkpoint) {
        return cameras.keySet().stream().map(CameraSplit::new).toList();
    }

    /** There are always cameras to come. */
    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {
        cameras.values().forEach(backfill::leave);
        queue.close();
        backfill.close(options.closeTimeout());
    }
}
