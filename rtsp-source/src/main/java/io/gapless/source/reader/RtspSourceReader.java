package io.gapless.source.reader;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import io.gapless.media.MediaMemory;
import io.gapless.source.RtspSourceOptions;
import io.gapless.source.split.CameraPlacement;
import io.gapless.source.split.CameraSplit;
import io.gapless.source.split.CamerasRefused;
import io.gapless.source.split.CamerasToStop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the cameras of one subtask. Cameras push: their event loops fill the queue, and {@link
 * #pollNext} empties it without ever waiting. So no fault of a camera is an exception here.
 *
 * <p>All methods run on the task's thread.
 */
public final class RtspSourceReader implements SourceReader<CameraEvent, CameraSplit> {
    private static final Logger LOG = LoggerFactory.getLogger(RtspSourceReader.class);

    private final SourceReaderContext context;
    private final RtspSourceOptions options;
    private final CameraPlacement placement;
    private final SharedRuntime.Lease lease;
    private final EventQueue queue;
    private final CameraFeeds feeds;
    private final TaskWheel wheel;
    private final OrderlyStop stop;

    /** The host's catalogue where it has changed, left here by the thread that reads it. */
    private final AtomicReference<Map<CameraId, CameraOrder>> changed = new AtomicReference<>();

    private Optional<Future<?>> catalogueReading = Optional.empty();

    /**
     * @param source names the source within its job, the same for all subtasks and attempts
     */
    public RtspSourceReader(
            SourceReaderContext context,
            UUID source,
            RtspSourceOptions options,
            RecorderFactory recorders) {
        this.context = requireNonNull(context, "context is null");
        this.options = requireNonNull(options, "options is null");
        this.placement =
                new CameraPlacement(options.maxParallelism(), context.currentParallelism());
        this.queue = new EventQueue(options.queueBytes());
        this.wheel = new TaskWheel(queue::wakeUp);
        this.stop = new OrderlyStop(queue);
        this.lease = SharedRuntime.acquire(source, options);
        this.feeds =
                new CameraFeeds(
                        (camera, after) ->
                                new CameraFeed(camera, recorders, lease.runtime(), queue, after),
                        context.metricGroup());
        registerMetrics(context.metricGroup());
    }

    /** See {@link io.gapless.source.RtspSource#stopRecording}. For any thread. */
    public static CompletableFuture<Void> stopRecording() {
        return SharedRuntime.stopRecording();
    }

    private void registerMetrics(MetricGroup subtask) {
        MediaMemory memory = lease.runtime().memory();
        MetricGroup group = subtask.addGroup("media");
        group.gauge("memoryUsedBytes", (Gauge<Long>) memory::usedBytes);
        group.gauge("memoryHighWaterBytes", (Gauge<Long>) memory::highWaterBytes);
        group.gauge("memoryBudgetBytes", (Gauge<Long>) memory::budgetBytes);
        group.gauge("queuedBytes", (Gauge<Long>) queue::bytes);
        group.gauge("droppedFragments", (Gauge<Long>) queue::dropped);
        group.gauge("turns", (Gauge<Long>) lease.watchdog()::turns);
    }

    @Override
    public void start() {
        lease.watchdog().watch(wheel);
        lease.recording(stop);
        LocalCatalogue catalogue =
                new LocalCatalogue(
                        options.catalogue(),
                        options.origin(),
                        camera -> options.shard().contains(camera) && isOwned(camera));
        catalogueReading =
                Optional.of(
                        lease.files()
                                .scheduleWithFixedDelay(
                                        () -> readCatalogue(catalogue),
                                        0,
                                        options.catalogueInterval().toMillis(),
                                        TimeUnit.MILLISECONDS));
    }

    private void readCatalogue(LocalCatalogue catalogue) {
        catalogue
                .poll()
                .ifPresent(
                        orders -> {
                            changed.set(orders);
                            queue.wakeUp();
                        });
    }

    @Override
    public InputStatus pollNext(ReaderOutput<CameraEvent> output) {
        wheel.turn();
        stop.begin(feeds::stop);
        boolean last = stop.isHungUp();
        Optional<CameraEvent> event = queue.poll();
        obeyCatalogue();
        if (event.isEmpty()) {
            if (last) {
                stop.finished();
            }
            return InputStatus.NOTHING_AVAILABLE;
        }
        output.collect(event.get());
        return InputStatus.MORE_AVAILABLE;
    }

    private void obeyCatalogue() {
        // A plain look first: this runs for every fragment, the catalogue changes once in a week.
        if (changed.get() != null) {
            feeds.obey(changed.getAndSet(null));
        }
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return queue.available();
    }

    @Override
    public void addSplits(List<CameraSplit> splits) {
        List<CameraId> cameras = splits.stream().map(CameraSplit::camera).toList();
        cameras.stream().filter(this::isOwned).forEach(feeds::add);
        List<String> refused =
                cameras.stream().filter(c -> !isOwned(c)).map(CameraId::value).toList();
        if (!refused.isEmpty()) {
            LOG.error("subtask {} does not own cameras {}", context.getIndexOfSubtask(), refused);
            context.sendSourceEventToCoordinator(new CamerasRefused(refused));
        }
    }

    private boolean isOwned(CameraId camera) {
        return placement.owner(camera) == context.getIndexOfSubtask();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof CamerasToStop stop) {
            stop.cameras().stream().map(CameraId::new).forEach(feeds::remove);
        }
    }

    @Override
    public List<CameraSplit> snapshotState(long checkpoint) {
        return feeds.cameras().stream().map(CameraSplit::new).toList();
    }

    /** There are always cameras to come. */
    @Override
    public void notifyNoMoreSplits() {}

    /** Hangs up all cameras; each wait is bounded, for Flink kills a process that hangs here. */
    @Override
    public void close() {
        lease.watchdog().forget(wheel);
        lease.ended(stop);
        catalogueReading.ifPresent(reading -> reading.cancel(false));
        try {
            feeds.close().get(options.closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn(
                    "subtask {}: not all sessions ended within {}",
                    context.getIndexOfSubtask(),
                    options.closeTimeout());
        } catch (InterruptedException e) {
            // Flink is losing patience: what is left ends with the event loops.
            Thread.currentThread().interrupt();
        } finally {
            queue.close();
            lease.close(options.closeTimeout());
        }
    }
}
