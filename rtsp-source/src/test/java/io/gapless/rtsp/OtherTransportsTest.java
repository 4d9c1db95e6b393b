package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.FragmentLimits;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.TransportPolicy;
import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.VideoFormat;
import io.gapless.simulator.rtsp.Access;
import io.gapless.simulator.rtsp.AccessScheme;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Multicast, and RTSP within HTTP: every frame once. */
class OtherTransportsTest {
    private static final CameraSpec CAMERA =
            CameraSpec.named("cam")
                    .withVideo(
                            VideoFormat.DEFAULT
                                    .withSize(320, 240)
                                    .withFramesPerSecond(25)
                                    .withGopFrames(10)
                                    .withBitsPerSecond(300_000))
                    .withAudio(AudioFormat.AAC);
    private static final int FRAMES = 40;

    @TempDir Path directory;

    private final UnhurriedClock clock = new UnhurriedClock();
    private final Recorded recorded = new Recorded();
    private final RecorderRig rig = new RecorderRig(FragmentLimits.DEFAULT, clock, clock);

    @AfterEach
    void nothingIsLeftOver() {
        rig.close();
        assertThat(rig.memory.usedBytes()).isZero();
    }

    @Test
    void multicastIsJoined() throws Exception {
        records(CAMERA.withTransport(TransportPolicy.MULTICAST), Transport.MULTICAST);
    }

    @Test
    void twoRecordersOfOneHostHearTheirOwnGroups() throws Exception {
        CameraSpec spec = CAMERA.withTransport(TransportPolicy.MULTICAST);
        Recorded second = new Recorded();
        try (SimulatedCameras cameras = clock.camera(spec)) {
            rig.record(RecorderRig.patient(cameras.uri("cam"), Transport.MULTICAST), recorded);
            rig.record(RecorderRig.patient(cameras.uri("cam"), Transport.MULTICAST), second);
            recorded.await(r -> r.counters().size() >= FRAMES);
            second.await(r -> r.counters().size() >= FRAMES);
            rig.stop();
        }
        assertConsecutive(recorded);
        assertConsecutive(second);
    }

    @Test
    void multicastThatIsRefusedIsAskedForInTheConnection() throws Exception {
        records(CAMERA.withTransport(TransportPolicy.TCP), Transport.MULTICAST);
    }

    @Test
    void rtspWithinHttp() throws Exception {
        records(CAMERA, Transport.HTTP);
    }

    @Test
    void rtspWithinHttpAsksForThePassword() throws Exception {
        records(
                CAMERA.withAccess(new Access(AccessScheme.DIGEST, "operator", "s3cret")),
                Transport.HTTP);
    }

    /** Both connections, that is, and no camera certificate needs another check than RTSP's. */
    @Test
    void rtspWithinHttpWithinTls() throws Exception {
        CameraCertificate certificate = new CameraCertificate(directory, "ip:127.0.0.1");
        try (SimulatedCameras cameras = clock.camera(CAMERA);
                SilentProxy proxy =
                        new SilentProxy(cameras.uri("cam"), "rtsps", certificate.sockets())) {
            rig.record(
                    settings(proxy.uri(), Transport.HTTP)
                            .withTrust(new Trust.Fingerprint(certificate.fingerprint())),
                    recorded);
            recorded.await(r -> r.counters().size() >= FRAMES);
            rig.stop();
        }
        assertThat(recorded.interruptions()).isEmpty();
        assertConsecutive(recorded);
    }

    /** Whichever of the two connections goes, the other goes too, and both are dialled again. */
    @Test
    void aRebootWithinHttpIsOneOutage() throws Exception {
        try (SimulatedCameras cameras = clock.camera(CAMERA)) {
            rig.record(settings(cameras.uri("cam"), Transport.HTTP), recorded);
            recorded.await(r -> r.fragments().size() >= 2);
            cameras.reboot("cam", Duration.ofMillis(300));
            recorded.await(r -> r.interruptions().size() == 1);
            int before = recorded.fragments().size();
            recorded.await(r -> r.fragments().size() >= before + 2);
            rig.stop();
        }
        assertThat(recorded.interruptions()).hasSize(1);
    }

    private void records(CameraSpec spec, Transport transport) throws Exception {
        try (SimulatedCameras cameras = clock.camera(spec)) {
            CameraRecorder recorder = rig.record(settings(cameras.uri("cam"), transport), recorded);
            recorded.await(r -> r.counters().size() >= FRAMES);
            rig.stop();
            assertThat(recorder.counters().lostPackets()).isZero();
            assertThat(recorder.counters().sessions()).isOne();
        }
        assertThat(recorded.interruptions()).isEmpty();
        assertThat(recorded.fragments()).noneMatch(FragmentHeader::damaged);
        assertThat(recorded.audioFrames()).isPositive();
        assertConsecutive(recorded);
    }

    private static CameraSettings settings(URI uri, Transport transport) {
        return new CameraSettings(
                new CameraId("cam"),
                uri,
                Optional.of(new Credentials("operator", "s3cret")),
                transport,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                true);
    }

    private static void assertConsecutive(Recorded recorded) {
        List<Long> counters = recorded.counters();
        long first = counters.get(0);
        assertThat(counters)
                .isEqualTo(LongStream.range(first, first + counters.size()).boxed().toList());
    }
}
