package io.gapless.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentLimits;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.rtsp.BackOff;
import io.gapless.rtsp.CameraSettings;
import io.gapless.rtsp.Credentials;
import io.gapless.rtsp.EventLoops;
import io.gapless.rtsp.RecorderRuntime;
import io.gapless.source.TestFragments;
import io.netty.channel.EventLoopGroup;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CameraFeedsTest {
    private static final CameraId GATE = new CameraId("gate");
    private static final Instant NOW = Instant.parse("2026-11-22T14:00:00Z");

    private final EventLoopGroup loops = EventLoops.create(1, "test");
    private final MediaMemory memory = new MediaMemory(4L * MediaMemory.CHUNK_BYTES);
    private final AtomicLong nanos = new AtomicLong();
    private final RecorderRuntime runtime =
            new RecorderRuntime(
                    loops,
                    memory,
                    FragmentLimits.DEFAULT,
                    InstantSource.fixed(NOW),
                    nanos::get,
                    Origin.PRIMARY,
                    BackOff.DEFAULT);
    private final FakeRecorders recorders = new FakeRecorders();
    private final EventQueue queue = new EventQueue(1 << 20);
    private final CameraFeeds feeds =
            new CameraFeeds(
                    (camera, after) ->
                            new CameraFeed(camera, recorders.factory(), runtime, queue, after),
                    new UnregisteredMetricsGroup());

    @AfterEach
    void endLoops() {
        assertThat(loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(5000))
                .isTrue();
    }

    @Test
    void dialsWhenBothEnumeratorAndCatalogueNameTheCamera() {
        feeds.add(GATE);
        assertThat(recorders.all).isEmpty();
        feeds.obey(Map.of(GATE, dial("a"), new CameraId("yard"), dial("b")));
        assertThat(recorders.all).hasSize(1);
        assertThat(recorders.last().started).isTrue();

        feeds.add(new CameraId("yard"));
        assertThat(recorders.all).hasSize(2);
    }

    @Test
    void aRepeatedOrderChangesNothing() {
        dialled();
        feeds.add(GATE);
        feeds.obey(Map.of(GATE, dial("a")));
        assertThat(recorders.all).hasSize(1);
        assertThat(recorders.last().closed).isFalse();
    }

    @Test
    void aCameraThatVanishesFromTheHostsCatalogueGoesOnUntilTheEnumeratorSaysSo() {
        FakeRecorders.Fake recorder = dialled();
        feeds.obey(Map.of());
        assertThat(recorder.closed).isFalse();
    }

    @Test
    void changedSettingsDialAgainOnceTheLastSessionHasEnded() {
        FakeRecorders.Fake first = dialled();
        first.says(new TestFragments(memory, "gate").fragment(7, 10));
        feeds.obey(Map.of(GATE, dial("other")));
        FakeRecorders.Fake second = recorders.last();
        assertThat(first.closed).isTrue();
        assertThat(second.started).isFalse();

        first.says(new TestFragments(memory, "gate").fragment(8, 10));
        first.hungUp.complete(null);
        assertThat(second.started).isTrue();
        assertThat(poll()).isInstanceOf(Fragment.class);
        assertThat(poll()).isInstanceOf(Fragment.class);
        assertThat(poll())
                .isEqualTo(
                        new Interruption(
                                GATE,
                                new MediaTime(9L * TestFragments.FRAME_TICKS),
                                GapCause.CATALOGUE_CHANGED,
                                "the camera's settings were changed"));
    }

    @Test
    void aNewPasswordIsAChangedSetting() {
        FakeRecorders.Fake first = dialled();
        feeds.obey(
                Map.of(
                        GATE,
                        new CameraOrder.Dial(
                                CameraSettings.of(
                                        GATE,
                                        URI.create("rtsp://a/"),
                                        Optional.of(new Credentials("u", "new"))))));
        assertThat(first.closed).isTrue();
    }

    @Test
    void aRemovedCameraHangsUpAndSaysWhy() {
        FakeRecorders.Fake recorder = dialled();
        feeds.remove(GATE);
        feeds.remove(GATE);
        recorder.hungUp.complete(null);
        assertThat(poll())
                .isEqualTo(
                        new Interruption(
                                GATE,
                                MediaTime.of(NOW),
                                GapCause.CATALOGUE_CHANGED,
                                "the camera was taken out of the catalogue"));
        assertThat(queue.poll()).isEmpty();
        assertThat(feeds.cameras()).isEmpty();
    }

    @Test
    void aCameraThatReturnsWaitsForTheEndOfItsLastSession() {
        FakeRecorders.Fake first = dialled();
        feeds.remove(GATE);
        feeds.add(GATE);
        assertThat(recorders.all).hasSize(2);
        assertThat(recorders.last().started).isFalse();
        first.hungUp.complete(null);
        assertThat(recorders.last().started).isTrue();
    }

    @Test
    void aCameraWithoutPasswordIsAGapNotAFailure() {
        feeds.add(GATE);
        feeds.obey(Map.of(GATE, new CameraOrder.Unusable("A_PASSWORD is not set")));
        assertThat(poll())
                .isEqualTo(
                        new Interruption(
                                GATE,
                                MediaTime.of(NOW),
                                GapCause.CAMERA_REFUSED,
                                "A_PASSWORD is not set"));
        feeds.obey(Map.of(GATE, dial("a")));
        assertThat(recorders.last().started).isTrue();
    }

    @Test
    void closingEndsWhenAllSessionsHaveEnded() {
        FakeRecorders.Fake recorder = dialled();
        CompletableFuture<Void> closed = feeds.close();
        assertThat(closed).isNotDone();
        recorder.hungUp.complete(null);
        assertThat(closed).isCompleted();
    }

    @Test
    void measuresHowLongVideoHasBeenMissing() {
        CameraFeed feed =
                new CameraFeed(
                        GATE,
                        recorders.factory(),
                        runtime,
                        queue,
                        CompletableFuture.completedStage(null));
        feed.obey(dial("a"));
        nanos.set(2_500_000_000L);
        assertThat(feed.openGapSeconds()).isEqualTo(2.5);
        assertThat(feed.lastFrameAgeMs()).isEqualTo(2500);
        recorders.last().says(new TestFragments(memory, "gate").fragment(0, 10));
        assertThat(feed.openGapSeconds()).isZero();
        recorders
                .last()
                .says(new Interruption(GATE, new MediaTime(1), GapCause.CAMERA_SILENT, "silent"));
        nanos.set(4_000_000_000L);
        assertThat(feed.openGapSeconds()).isEqualTo(1.5);
    }

    @Test
    void metricsTellOfTheCamerasClock() {
        CameraFeed feed =
                new CameraFeed(
                        GATE,
                        recorders.factory(),
                        runtime,
                        queue,
                        CompletableFuture.completedFuture(null));
        Map<String, Gauge<?>> gauges = new HashMap<>();
        new CameraMetrics(keepingIn(gauges), "gate", feed);
        assertThat(gauges.get("clockOffsetSeconds").getValue()).isEqualTo(Double.NaN);
        assertThat(gauges.get("clockDriftPpm").getValue()).isEqualTo(Double.NaN);
        assertThat(gauges.get("senderReports").getValue()).isEqualTo(0);
        feed.obey(dial("a"));
        assertThat(gauges.get("clockOffsetSeconds").getValue()).isEqualTo(0.25);
        assertThat(gauges.get("clockDriftPpm").getValue()).isEqualTo(12.5);
        assertThat(gauges.get("senderReports").getValue()).isEqualTo(1);
    }

    private static MetricGroup keepingIn(Map<String, Gauge<?>> gauges) {
        return new UnregisteredMetricsGroup() {
            @Override
            public MetricGroup addGroup(String key, String value) {
                return this;
            }

            @Override
            public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
                gauges.put(name, gauge);
                return gauge;
            }
        };
    }

    private FakeRecorders.Fake dialled() {
        feeds.add(GATE);
        feeds.obey(Map.of(GATE, dial("a")));
        return recorders.last();
    }

    private CameraEvent poll() {
        return queue.poll().orElseThrow();
    }

    private static CameraOrder dial(String host) {
        return new CameraOrder.Dial(
                CameraSettings.of(GATE, URI.create("rtsp://" + host + "/"), Optional.empty()));
    }
}
