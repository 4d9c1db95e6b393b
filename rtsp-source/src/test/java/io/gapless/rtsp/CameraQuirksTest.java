package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dialogues with cameras as they are. */
class CameraQuirksTest {
    private static final String OK = "RTSP/1.0 200 OK\nCSeq: $CSEQ\n";

    private final Recorded recorded = new Recorded();
    private final RecorderRig rig = new RecorderRig();
    private final ScriptedCamera camera = new ScriptedCamera();

    CameraQuirksTest() throws Exception {
        camera.sendAfter("PLAY", frames(0));
    }

    @AfterEach
    void end() throws Exception {
        rig.close();
        camera.close();
        assertThat(rig.memory.usedBytes()).isZero();
    }

    @Test
    void ordinary() throws Exception {
        assertThat(receives().sessions()).isOne();
        assertThat(camera.requests().get(0)).startsWith("OPTIONS rtsp://127.0.0.1:");
        assertThat(camera.requests().get(2)).contains("/live/trackID=1 RTSP/1.0");
        assertThat(camera.requests().get(3)).contains("Range: npt=0.000-").contains("Session: 1");
        assertThat(camera.requests()).allMatch(r -> r.contains("User-Agent: "));
    }

    @Test
    void optionsAreUnknown() throws Exception {
        camera.on("OPTIONS", "RTSP/1.0 404 Not Found\nCSeq: $CSEQ\n\n");
        receives();
    }

    @Test
    void longseWritesASpaceAfterTheNumber() throws Exception {
        camera.on("PLAY", "RTSP/1.0 200 OK\nCSeq: $CSEQ \n\n");
        receives();
    }

    @Test
    void numberAndReasonAndContentTypeAreMissing() throws Exception {
        camera.on("DESCRIBE", "RTSP/1.0 200\n$SDP");
        receives();
    }

    @Test
    void escamChoosesOtherChannels() throws Exception {
        camera.on("SETUP", OK + "Session: 1\nTransport: RTP/AVP;unicast;interleaved=4-5\n\n");
        camera.sendAfter("PLAY", frames(4));
        receives();
    }

    @Test
    void v4l2rtspserverSendsBeforeItAnswersPlay() throws Exception {
        camera.sendBefore("PLAY", frames(0)).sendAfter("PLAY", new byte[0]);
        receives();
    }

    @Test
    void garbageBetweenFrames() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ScriptedCamera.frame(0, 1, 1));
        bytes.writeBytes("\0\1garbage".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(frames(0));
        camera.sendAfter("PLAY", bytes.toByteArray());
        receives();
    }

    @Test
    void redirects() throws Exception {
        try (ScriptedCamera other = new ScriptedCamera()) {
            other.sendAfter("PLAY", frames(0));
            String location = "\nLocation: " + other.uri() + "\n\n";
            camera.on("DESCRIBE", "RTSP/1.0 302 Moved\nCSeq: $CSEQ" + location);
            receives();
            rig.stop();
        }
        assertThat(recorded.interruptions()).isEmpty();
    }

    @Test
    void aNonceGoesStale() throws Exception {
        String refusal = "RTSP/1.0 401 Unauthorized\nCSeq: $CSEQ\nWWW-Authenticate: Digest ";
        camera.on(
                "DESCRIBE",
                refusal + "realm=\"r\", nonce=\"1\"\n\n",
                refusal + "realm=\"r\", nonce=\"2\", stale=true\n\n",
                "RTSP/1.0 200 OK\nCSeq: $CSEQ\n$SDP");
        CameraRecorder recorder = rig.record(withCredentials(), recorded);
        await(() -> recorder.counters().frames() > 0);
        assertThat(camera.requests().get(3)).contains("nonce=\"2\"");
    }

    @Test
    void aRefusedPasswordIsToldOnceAndNeverShown() throws Exception {
        String refusal =
                "RTSP/1.0 401 Unauthorized\nCSeq: $CSEQ\nWWW-Authenticate: Basic realm=\"r\"\n\n";
        camera.on("OPTIONS", refusal).on("DESCRIBE", refusal);
        try (CapturedLog log = new CapturedLog()) {
            CameraRecorder recorder = rig.record(withCredentials(), recorded);
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
    void noVideoIsAProtocolFault() throws Exception {
        camera.on("DESCRIBE", "RTSP/1.0 200 OK\nCSeq: $CSEQ\nContent-Length: 5\n\nv=0\r\n");
        assertOneInterruption(camera.uri(), GapCause.CAMERA_PROTOCOL);
    }

    @Test
    void anUnknownPathIsAProtocolFault() throws Exception {
        camera.on("DESCRIBE", "RTSP/1.0 404 Not Found\nCSeq: $CSEQ\n\n");
        assertOneInterruption(camera.uri(), GapCause.CAMERA_PROTOCOL);
    }

    @Test
    void nothingButGarbageIsAProtocolFault() throws Exception {
        camera.sendAfter("PLAY", new byte[300 * 1024]);
        assertOneInterruption(camera.uri(), GapCause.CAMERA_PROTOCOL);
    }

    @Test
    void noAnswerIsUnreachable() throws Exception {
        camera.on("DESCRIBE", "\n");
        assertOneInterruption(camera.uri(), GapCause.CAMERA_UNREACHABLE);
    }

    @Test
    void hangingUpIsADisconnection() throws Exception {
        camera.on("DESCRIBE", "");
        assertOneInterruption(camera.uri(), GapCause.CAMERA_DISCONNECTED);
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

    @Test
    void nothingOverUdpGoesOnOverTcp() throws Exception {
        camera.on(
                "SETUP",
                OK + "Session: 1\nTransport: RTP/AVP;unicast;server_port=9-10\n\n",
                OK + "Session: 1\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\n\n");
        camera.sendAfter("PLAY", new byte[0]);
        CameraSettings settings =
                new CameraSettings(
                        new CameraId("cam"),
                        camera.uri(),
                        Optional.empty(),
                        Transport.UDP,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(2),
                        true);
        rig.record(settings, recorded);
        await(() -> camera.requests().stream().filter(r -> r.startsWith("PLAY")).count() == 2);
        assertThat(camera.requests())
                .filteredOn(r -> r.startsWith("SETUP"))
                .element(1)
                .asString()
                .contains("interleaved=0-1");
        assertThat(recorded.interruptions()).isEmpty();
    }

    private CameraCounters receives() throws Exception {
        CameraRecorder recorder =
                rig.record(RecorderRig.settings(camera.uri(), Transport.AUTO), recorded);
        await(() -> recorder.counters().frames() > 0);
        return recorder.counters();
    }

    private void assertOneInterruption(URI uri, GapCause cause) throws Exception {
        CameraSettings settings = RecorderRig.settings(uri, Transport.TCP);
        CameraRecorder recorder = rig.record(settings, recorded);
        await(() -> recorder.counters().reconnects() >= 2);
        rig.stop();
        assertThat(recorded.interruptions()).extracting(Interruption::cause).containsExactly(cause);
    }

    private CameraSettings withCredentials() {
        return CameraSettings.of(
                new CameraId("cam"),
                camera.uri(),
                Optional.of(new Credentials("operator", "s3cret")));
    }

    private static byte[] frames(int channel) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 10; i < 15; i++) {
            bytes.writeBytes(ScriptedCamera.frame(channel, i, i));
        }
        return bytes.toByteArray();
    }

    private static void await(BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the condition did not come true");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
