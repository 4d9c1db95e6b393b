package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cameras that cannot be recorded: one interruption, with its cause. */
class FailedDialogueTest {
    private final Recorded recorded = new Recorded();
    private final RecorderRig rig = new RecorderRig();

    @AfterEach
    void end() {
        rig.close();
        assertThat(rig.memory.usedBytes()).isZero();
    }

    @Test
    void aRefusedPasswordIsToldOnceAndNeverShown() throws Exception {
        String refusal = "< RTSP/1.0 401 Unauthorized\n< CSeq: $CSEQ\n";
        String challenge = "< WWW-Authenticate: Basic realm=\"r\"\n<\n";
        String script = "# refuses\n" + ("> *\n" + refusal + challenge).repeat(40);
        try (CapturedLog log = new CapturedLog();
                ScriptedCamera camera = camera(script)) {
            CameraRecorder recorder = rig.record(withCredentials(camera), recorded);
            await(() -> recorder.counters().reconnects() >= 3);
            rig.stop();
            assertThat(log.lines()).filteredOn(l -> l.startsWith("WARN")).hasSize(1);
            assertThat(log.lines()).noneMatch(l -> l.contains("s3cret") || l.contains("Basic "));
        }
        assertThat(recorded.interruptions())
                .extracting(Interruption::cause)
                .containsExactly(GapCause.CAMERA_REFUSED);
        assertThat(recorded.interruptions().get(0).detail()).doesNotContain("s3cret");
    }

    @Test
    void noAnswerIsUnreachable() throws Exception {
        try (ServerSocket mute = new ServerSocket(0)) {
            assertOneInterruption(
                    URI.create("rtsp://127.0.0.1:" + mute.getLocalPort() + "/"),
                    GapCause.CAMERA_UNREACHABLE);
        }
    }

    @Test
    void aClosedPortIsUnreachable() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertOneInterruption(
                URI.create("rtsp://127.0.0.1:" + port + "/"), GapCause.CAMERA_UNREACHABLE);
    }

    @Test
    void anUnknownHostIsUnreachable() throws Exception {
        assertOneInterruption(
                URI.create("rtsp://no-such-camera.invalid/"), GapCause.CAMERA_UNREACHABLE);
    }

    private void assertOneInterruption(URI uri, GapCause cause) throws Exception {
        CameraRecorder recorder = rig.record(RecorderRig.settings(uri, Transport.TCP), recorded);
        await(() -> recorder.counters().reconnects() >= 2);
        rig.stop();
        assertThat(recorded.interruptions()).extracting(Interruption::cause).containsExactly(cause);
    }

    private static ScriptedCamera camera(String script) throws Exception {
        return new ScriptedCamera(
                CameraScript.parse(List.of(script.split("\n"))), new ScriptedClock());
    }

    private static CameraSettings withCredentials(ScriptedCamera camera) {
        return CameraSettings.of(
                new CameraId("cam"),
                camera.uri(),
                Optional.of(new Credentials("operator", "s3cret")));
    }

    private static void await(BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
