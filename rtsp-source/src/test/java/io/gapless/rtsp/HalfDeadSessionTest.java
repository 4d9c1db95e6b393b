package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.content.VideoFormat;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that stand while nothing useful comes through them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HalfDeadSessionTest {
    private static final VideoFormat VIDEO =
            VideoFormat.DEFAULT.withSize(320, 240).withFramesPerSecond(25).withGopFrames(10);

    private final Recorded recorded = new Recorded();
    private final RecorderRig rig = new RecorderRig();

    @AfterEach
    void nothingIsLeftOver() {
        rig.close();
        assertThat(rig.memory.usedBytes()).isZero();
    }

    @Test
    void aFrozenCameraIsSilent() throws Exception {
        CameraSpec spec = CameraSpec.named("cam").withVideo(VIDEO);
        try (SimulatedCameras cameras = SimulatedCameras.builder().camera(spec).start()) {
            rig.record(RecorderRig.settings(cameras.uri("cam"), Transport.TCP), recorded);
            recorded.await(r -> r.counters().size() >= 20);
            cameras.freeze("cam", Duration.ofSeconds(3));
            recorded.await(r -> r.interruptions().size() == 1);
            recorded.await(r -> r.order().get(r.order().size() - 1).equals("fragment"));
            assertThat(recorded.interruptions())
                    .extracting(i -> i.cause())
                    .containsExactly(GapCause.CAMERA_SILENT);
        }
    }

    /** No reset, no end of stream: the packets vanish. */
    @Test
    void aNetworkThatSwallowsEverythingIsNoticedAndDialledAgainOnceItHeals() throws Exception {
        CameraSpec spec = CameraSpec.named("cam").withVideo(VIDEO);
        try (SimulatedCameras cameras = SimulatedCameras.builder().camera(spec).start();
                SilentProxy network = new SilentProxy(cameras.uri("cam"))) {
            CameraRecorder recorder =
                    rig.record(RecorderRig.settings(network.uri(), Transport.TCP), recorded);
            recorded.await(r -> r.counters().size() >= 20);
            network.cut();
            recorded.await(r -> r.interruptions().size() == 1);
            recorded.await(r -> recorder.counters().reconnects() >= 1);
            network.heal();
            long healedNanos = System.nanoTime();
            int before = recorded.counters().size();
            recorded.await(r -> r.counters().size() > before);
            assertThat(Duration.ofNanos(System.nanoTime() - healedNanos))
                    .as("until it is recorded again")
                    .isLessThan(Duration.ofSeconds(5));
            rig.stop();
        }
        assertThat(recorded.interruptions())
                .extracting(Interruption::cause)
                .containsExactly(GapCause.CAMERA_SILENT);
        assertThat(recorded.counters()).doesNotHaveDuplicates().isSorted();
    }

    /** How late a camera may be after two minutes: one wait, and a dial that began too early. */
    @Test
    void howeverLongACameraWasAwayItIsDialledEveryFewSeconds() {
        BackOff backOff = BackOff.DEFAULT;
        for (int failures = 1; failures < 1000; failures++) {
            assertThat(backOff.delay(failures, new java.util.Random(failures)))
                    .isLessThanOrEqualTo(Duration.ofSeconds(5));
        }
        assertThat(CameraSettings.DEFAULT_CONNECT_TIMEOUT).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aServerThatAcceptsAndNeverAnswersIsUnreachable() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("rtsp://127.0.0.1:%d/live".formatted(mute.getLocalPort()));
            rig.record(settings(uri, Duration.ofMillis(300)), recorded);
            recorded.await(r -> r.interruptions().size() == 1);
        }
        assertThat(recorded.interruptions())
                .extracting(Interruption::cause)
                .containsExactly(GapCause.CAMERA_UNREACHABLE);
    }

    @Test
    void soundAloneIsSilence() throws Exception {
        try (TalkingCamera camera = new TalkingCamera(TalkingCamera.SOUND, (byte) 1)) {
            CameraRecorder recorder =
                    rig.record(settings(camera.uri(), Duration.ofSeconds(10)), recorded);
            recorded.await(r -> r.interruptions().size() == 1);
            assertThat(recorder.counters().receivedBytes())
                    .as("%s", recorded.interruptions())
                    .isPositive();
        }
        assertThat(recorded.interruptions())
                .extracting(Interruption::cause)
                .containsExactly(GapCause.CAMERA_SILENT);
    }

    /** Many cameras do not, and GET_PARAMETER is optional (RFC 2326 section 10.8). */
    @Test
    void aKeepAliveWithoutAnswerDoesNotEndASessionThatSendsVideo() throws Exception {
        byte[] picture = {0x65, (byte) 0x88, 1};
        try (TalkingCamera camera = new TalkingCamera(TalkingCamera.VIDEO, picture)) {
            CameraSettings settings =
                    new CameraSettings(
                            new CameraId("cam"),
                            camera.uri(),
                            Optional.empty(),
                            Transport.TCP,
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(2),
                            true);
            rig.record(settings, recorded);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (camera.unanswered.get() < 3 && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(camera.unanswered).hasValueGreaterThanOrEqualTo(3);
            assertThat(camera.plays).hasValue(1);
            rig.stop();
        }
        assertThat(recorded.interruptions()).isEmpty();
    }

    /** Both live on the one event loop of this test. */
    @Test
    void aCameraThatHangsCostsItsNeighbourNothing() throws Exception {
        Recorded hanging = new Recorded();
        try (SimulatedCameras cameras =
                        SimulatedCameras.builder()
                                .camera(CameraSpec.named("good").withVideo(VIDEO))
                                .camera(CameraSpec.named("bad").withVideo(VIDEO))
                                .start();
                SilentProxy network = new SilentProxy(cameras.uri("bad"));
                ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            rig.record(RecorderRig.settings(cameras.uri("good"), Transport.TCP), recorded);
            rig.record(RecorderRig.settings(network.uri(), Transport.TCP), hanging);
            URI dead = URI.create("rtsp://127.0.0.1:%d/live".formatted(mute.getLocalPort()));
            rig.record(RecorderRig.settings(dead, Transport.TCP), new Recorded());
            hanging.await(r -> r.counters().size() >= 20);
            network.cut();
            hanging.await(r -> r.interruptions().size() == 1);
            int frames = recorded.counters().size();
            recorded.await(r -> r.counters().size() >= frames + 50);
            rig.stop();
        }
        List<Long> counters = recorded.counters();
        assertThat(recorded.interruptions()).isEmpty();
        for (int i = 1; i < counters.size(); i++) {
            assertThat(counters.get(i)).isEqualTo(counters.get(i - 1) + 1);
        }
    }

    private static CameraSettings settings(URI uri, Duration connectTimeout) {
        return new CameraSettings(
                new CameraId("cam"),
                uri,
                Optional.empty(),
                Transport.TCP,
                Duration.ofSeconds(1),
                connectTimeout,
                true);
    }
}
