package io.gapless.source.reader;

import io.gapless.media.CameraId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * The cameras of one subtask: assigned by the enumerator, dialled as the host's catalogue says. A
 * camera is dialled when both have named it, in whichever order, and hung up when the enumerator
 * takes it away. Owned by the task's thread.
 */
final class CameraFeeds {
    private final BiFunction<CameraId, CompletionStage<Void>, CameraFeed> factory;
    private final MetricGroup metrics;
    private final Map<CameraId, CameraFeed> feeds = new TreeMap<>();
    private final Map<CameraId, CameraMetrics> shown = new HashMap<>();

    /** The ends of the last sessions of cameras that were taken away. */
    private final Map<CameraId, CompletionStage<Void>> ending = new HashMap<>();

    private Map<CameraId, CameraOrder> orders = Map.of();

    /**
     * @param factory of a camera's feed, which must not dial before the stage completes
     */
    CameraFeeds(
            BiFunction<CameraId, CompletionStage<Void>, CameraFeed> factory, MetricGroup metrics) {
        this.factory = factory;
        this.metrics = metrics;
        metrics.gauge("cameras", (Gauge<Integer>) feeds::size);
    }

    /** The enumerator assigned a camera; does nothing if it had before. */
    void add(CameraId camera) {
        if (feeds.containsKey(camera)) {
            return;
        }
        CompletionStage<Void> after = ending.remove(camera);
        CameraFeed feed =
                factory.apply(
                        camera, after == null ? CompletableFuture.completedStage(null) : after);
        feeds.put(camera, feed);
        show(camera, feed);
        obey(camera, feed);
    }

    /** The enumerator took a camera away; does nothing if it had before. */
    void remove(CameraId camera) {
        CameraFeed feed = feeds.remove(camera);
        if (feed != null) {
            ending.put(camera, feed.remove());
        }
    }

    /** The host's catalogue has changed. Cameras that it lacks stay as they are. */
    void obey(Map<CameraId, CameraOrder> newOrders) {
        orders = newOrders;
        feeds.forEach(this::obey);
    }

    Set<CameraId> cameras() {
        return feeds.keySet();
    }

    /** Hangs up all cameras, saying that the recorder is stopped; see {@link CameraFeed#stop}. */
    CompletableFuture<Void> stop() {
        return all(feeds.values().stream().map(CameraFeed::stop).toList());
    }

    /** Ends all sessions; the future completes when the last has ended. */
    CompletableFuture<Void> close() {
        List<CompletionStage<Void>> all = new ArrayList<>(ending.values());
        feeds.values().forEach(feed -> all.add(feed.close()));
        feeds.clear();
        return all(all);
    }

    private static CompletableFuture<Void> all(List<CompletionStage<Void>> stages) {
        return CompletableFuture.allOf(
                stages.stream()
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture<?>[]::new));
    }

    private void obey(CameraId camera, CameraFeed feed) {
        CameraOrder order = orders.get(camera);
        if (order != null) {
            feed.obey(order);
        }
    }

    private void show(CameraId camera, CameraFeed feed) {
        CameraMetrics known = shown.get(camera);
        if (known == null) {
            shown.put(camera, new CameraMetrics(metrics, camera.value(), feed));
        } else {
            known.show(feed);
        }
    }
}
