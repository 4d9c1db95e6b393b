package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RTSP over TLS: whom it trusts, and that it never falls back to what everybody can read. */
class SecureCameraTest {
    private static final List<String> RECORDS =
            List.of("# plays", "> PLAY *", "$0 rtp seq 1 time 0 marker | 65 8801");

    @TempDir private static Path directory;
    private static CameraCertificate here;
    private static CameraCertificate elsewhere;

    private final Recorded recorded = new Recorded();
    private final RecorderRig rig = new RecorderRig();

    @BeforeAll
    static void makeCertificates() throws Exception {
        here = new CameraCertificate(directory, "ip:127.0.0.1");
        elsewhere = new CameraCertificate(directory, "ip:192.0.2.1");
    }

    @AfterEach
    void end() {
        rig.close();
        assertThat(rig.memory.usedBytes()).isZero();
    }

    @Test
    void trustsItsOwnAuthority() throws Exception {
        assertRecords(here, new Trust.OwnAuthorities(here.pem()));
    }

    @Test
    void trustsAFingerprintWhateverTheCertificateNames() throws Exception {
        assertRecords(elsewhere, new Trust.Fingerprint(elsewhere.fingerprint()));
    }

    @Test
    void trustsAnybodyOnlyIfTold() throws Exception {
        assertRecords(elsewhere, new Trust.Anybody());
    }

    @Test
    void refusesAnUnknownAuthority() throws Exception {
        assertRefuses(here, new Trust.SystemAuthorities(), "cannot be dialled securely");
    }

    @Test
    void refusesACertificateOfAnotherHost() throws Exception {
        assertRefuses(elsewhere, new Trust.OwnAuthorities(elsewhere.pem()), "127.0.0.1");
    }

    @Test
    void refusesAnotherFingerprintAndSaysWhichItSaw() throws Exception {
        assertRefuses(here, new Trust.Fingerprint(elsewhere.fingerprint()), here.fingerprint());
    }

    @Test
    void refusesAnUnreadableAuthority() throws Exception {
        assertRefuses(here, new Trust.OwnAuthorities("nonsense"), "cannot be read");
    }

    @Test
    void saysNothingToAServerThatDoesNotSpeakTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0)) {
            record(
                    URI.create("rtsps://127.0.0.1:%d/".formatted(plain.getLocalPort())),
                    new Trust.Anybody());
            try (Socket socket = plain.accept()) {
                byte[] hello = socket.getInputStream().readNBytes(100);
                assertThat(new String(hello, StandardCharsets.ISO_8859_1)).doesNotContain("RTSP");
                socket.getOutputStream()
                        .write("RTSP/1.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            }
            recorded.await(r -> !r.interruptions().isEmpty());
        }
        assertThat(recorded.interruptions().get(0).detail()).contains("does not speak TLS");
    }

    @Test
    void isNotLedAwayFromTls() throws Exception {
        List<String> script =
                List.of(
                        "# leads away",
                        "> DESCRIBE *",
                        "< RTSP/1.0 302 Moved",
                        "< CSeq: $CSEQ",
                        "< Location: rtsp://$HOST/other",
                        "<");
        try (ScriptedCamera camera = secure(script, here)) {
            record(camera.uri(), new Trust.OwnAuthorities(here.pem()));
            recorded.await(r -> !r.interruptions().isEmpty());
        }
        assertThat(recorded.interruptions())
                .extracting(Interruption::cause)
                .containsExactly(GapCause.CAMERA_PROTOCOL);
        assertThat(recorded.interruptions().get(0).detail()).contains("redirects");
    }

    @Test
    void doesNotTurnToUdpIfTcpIsRefused() throws Exception {
        List<String> script =
                List.of(
                        "# refuses",
                        "> SETUP *",
                        "< RTSP/1.0 461 Unsupported Transport",
                        "< CSeq: $CSEQ",
                        "<",
                        "> SETUP *",
                        "> Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
        try (ScriptedCamera camera = secure(script, here)) {
            record(camera.uri(), new Trust.OwnAuthorities(here.pem()));
            camera.done().get(60, TimeUnit.SECONDS);
        }
        assertThat(recorded.interruptions())
                .extracting(Interruption::cause)
                .first()
                .isEqualTo(GapCause.CAMERA_PROTOCOL);
    }

    private void assertRecords(CameraCertificate certificate, Trust trust) throws Exception {
        try (ScriptedCamera camera = secure(RECORDS, certificate)) {
            record(camera.uri(), trust);
            camera.done().get(60, TimeUnit.SECONDS);
            rig.stop();
        }
        assertThat(recorded.interruptions()).isEmpty();
        assertThat(recorded.fragments()).hasSize(1);
    }

    private void assertRefuses(CameraCertificate certificate, Trust trust, String sentence)
            throws Exception {
        try (ScriptedCamera camera = secure(RECORDS, certificate)) {
            record(camera.uri(), trust);
            recorded.await(r -> !r.interruptions().isEmpty());
        }
        assertThat(recorded.fragments()).isEmpty();
        assertThat(recorded.interruptions().get(0).detail()).contains(sentence);
        assertThat(recorded.interruptions().get(0).cause()).isEqualTo(GapCause.CAMERA_PROTOCOL);
    }

    private static ScriptedCamera secure(List<String> script, CameraCertificate certificate)
            throws Exception {
        return new ScriptedCamera(
                CameraScript.parse(script), new ScriptedClock(), "rtsps", certificate.sockets());
    }

    private void record(URI uri, Trust trust) {
        CameraSettings settings =
                CameraSettings.of(
                        new CameraId("cam"),
                        uri,
                        Optional.of(new Credentials("operator", "s3cret")));
        rig.record(settings.withTrust(trust), recorded);
    }
}
