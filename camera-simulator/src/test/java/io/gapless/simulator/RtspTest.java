package io.gapless.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gapless.simulator.rtsp.Access;
import io.gapless.simulator.rtsp.AccessScheme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The protocol byte by byte, where FFmpeg does not look. */
final class RtspTest {
    private static final String TCP = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n";
    private static final String UDP = "Transport: RTP/AVP;unicast;client_port=9000-9001\r\n";
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    @Test
    void refusesTransports() throws Exception {
        CameraSpec udpOnly = Clips.small("u").withTransport(TransportPolicy.UDP);
        CameraSpec tcpOnly = Clips.small("t").withTransport(TransportPolicy.TCP);
        try (SimulatedCameras cameras = Clips.start(udpOnly, tcpOnly)) {
            assertThat(setUp(cameras, "u", TCP)).startsWith("RTSP/1.0 461 ");
            assertThat(setUp(cameras, "u", UDP)).startsWith("RTSP/1.0 200 ");
            assertThat(setUp(cameras, "t", UDP)).startsWith("RTSP/1.0 461 ");
            assertThat(setUp(cameras, "t", TCP))
                    .startsWith("RTSP/1.0 200 ")
                    .contains("interleaved=0-1")
                    .contains(";timeout=60");
        }
    }

    private static String setUp(SimulatedCameras cameras, String camera, String transport)
            throws IOException {
        try (RawClient client = new RawClient(cameras.port())) {
            return client.request("SETUP", cameras.uri(camera) + "/trackID=1", transport);
        }
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        try (SimulatedCameras cameras = Clips.start(Clips.small("a"));
                RawClient client = new RawClient(cameras.port())) {
            String uri = cameras.uri("a").toString();
            assertThat(client.request("OPTIONS", uri, "")).contains("Public: OPTIONS, DESCRIBE");
            assertThat(client.request("DESCRIBE", uri + "b", "")).startsWith("RTSP/1.0 404 ");
            assertThat(client.request("SETUP", uri + "/trackID=2", TCP))
                    .startsWith("RTSP/1.0 404 ");
            assertThat(client.request("PLAY", uri, "")).startsWith("RTSP/1.0 454 ");
            assertThat(client.request("RECORD", uri, "")).startsWith("RTSP/1.0 405 ");
            assertThat(client.request("GET_PARAMETER", uri, "Content-Length: 2\r\n\r\nab"))
                    .startsWith("RTSP/1.0 200 ");
        }
    }

    @Test
    void digestWithSha256() throws Exception {
        Access access = new Access(AccessScheme.DIGEST_SHA256, "root", "pass");
        try (SimulatedCameras cameras = Clips.start(Clips.small("a").withAccess(access));
                RawClient client = new RawClient(cameras.port())) {
            String uri = cameras.uri("a").toString();
            String challenge = client.request("DESCRIBE", uri, "");
            assertThat(challenge).startsWith("RTSP/1.0 401 ").contains("algorithm=SHA-256");
            String nonce = challenge.replaceAll("(?s).*nonce=\"([^\"]*)\".*", "$1");
            String realm = challenge.replaceAll("(?s).*realm=\"([^\"]*)\".*", "$1");
            for (String password : new String[] {"wrong", "pass"}) {
                String secret = sha256("root:" + realm + ":" + password);
                String response = sha256(secret + ":" + nonce + ":" + sha256("DESCRIBE:" + uri));
                String header =
                        "Authorization: Digest username=\"root\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", algorithm=SHA-256, response=\"%s\"\r\n"
                                .formatted(realm, nonce, uri, response);
                assertThat(client.request("DESCRIBE", uri, header))
                        .startsWith(password.equals("pass") ? "RTSP/1.0 200 " : "RTSP/1.0 401 ");
            }
        }
    }

    private static String sha256(String text) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
    }

    @Test
    void aSilentClientTimesOut() throws Exception {
        CameraSpec spec = Clips.small("a").withSessionTimeout(Duration.ofSeconds(1));
        try (SimulatedCameras cameras = Clips.start(spec);
                RawClient client = new RawClient(cameras.port())) {
            client.play("a");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void tearDownEndsTheStreamButNotTheConnection() throws Exception {
        try (SimulatedCameras cameras = Clips.start(Clips.small("a"));
                RawClient client = new RawClient(cameras.port())) {
            client.play("a");
            client.readInterleaved();
            client.send("TEARDOWN", cameras.uri("a").toString(), "");
            client.readUntilSilent(Duration.ofSeconds(1));
            assertThat(client.request("OPTIONS", "*", "")).startsWith("RTSP/1.0 200 ");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SenderReports.class,
            names = {"TRUE", "WRONG_YEAR", "HOURS_AHEAD"})
    void sendsAReportRightAfterPlay(SenderReports manner) throws Exception {
        CameraSpec spec = Clips.small("a").withSenderReports(manner);
        try (SimulatedCameras cameras = Clips.start(spec);
                RawClient client = new RawClient(cameras.port())) {
            client.play("a");
            ByteBuffer report = ByteBuffer.wrap(client.readInterleaved());
            assertThat(report.get(1)).isEqualTo((byte) 1);
            assertThat(report.get(5) & 0xff).isEqualTo(200);
            long ntp = Integer.toUnsignedLong(report.getInt(12)) - SECONDS_1900_TO_1970;
            Instant now = Instant.now();
            Instant told =
                    switch (manner) {
                        case WRONG_YEAR -> Instant.parse("2000-01-01T00:00:00Z");
                        case HOURS_AHEAD -> now.plus(Duration.ofHours(5));
                        default -> now;
                    };
            assertThat(ntp).isCloseTo(told.getEpochSecond(), within(3L));
        }
    }

    @Test
    void theClockIsWrongAndIsSetWithEachSessionAndWhenAskedTo() throws Exception {
        CameraSpec spec =
                Clips.small("a")
                        .withClockOffset(Duration.ofHours(-3))
                        .withClockStepPerSession(Duration.ofMinutes(10));
        try (SimulatedCameras cameras = Clips.start(spec)) {
            assertClockAhead(cameras, Duration.ofHours(-3).plusMinutes(10));
            assertClockAhead(cameras, Duration.ofHours(-3).plusMinutes(20));
            cameras.stepClock("a", Duration.ofHours(1));
            assertClockAhead(cameras, Duration.ofHours(-2).plusMinutes(30));
        }
    }

    private static void assertClockAhead(SimulatedCameras cameras, Duration by) throws IOException {
        try (RawClient client = new RawClient(cameras.port())) {
            client.play("a");
            ByteBuffer report = ByteBuffer.wrap(client.readInterleaved());
            long told = Integer.toUnsignedLong(report.getInt(12)) - SECONDS_1900_TO_1970;
            assertThat(told).isCloseTo(Instant.now().plus(by).getEpochSecond(), within(3L));
        }
    }

    /** The report's pair of times and a frame's RTP time give the frame's time of capture. */
    @Test
    void reportsAndMarksAgree() throws Exception {
        CameraSpec spec = Clips.small("a").withVideo(v -> v.withBFrames(2, false));
        try (SimulatedCameras cameras = Clips.start(spec, Clips.small("b"));
                RawClient client = new RawClient(cameras.port())) {
            client.play("a");
            ByteBuffer report = ByteBuffer.wrap(client.readInterleaved());
            double ntp =
                    Integer.toUnsignedLong(report.getInt(12))
                            - SECONDS_1900_TO_1970
                            + Integer.toUnsignedLong(report.getInt(16)) / 4294967296.0;
            int frames = 0;
            while (frames < 20) {
                byte[] packet = client.readInterleaved();
                Mark mark = Mark.inAccessUnit(packet).orElse(null);
                if (mark != null) {
                    int ticks = ByteBuffer.wrap(packet).getInt(8) - report.getInt(20);
                    assertThat(ntp + ticks / 90_000.0)
                            .isCloseTo(mark.captureMicros() / 1e6, within(0.0001));
                    frames++;
                }
            }
        }
    }

    @Test
    void aPortInUseIsToldInOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(
                            () ->
                                    SimulatedCameras.builder()
                                            .library(Clips.LIBRARY)
                                            .camera(Clips.small("a"))
                                            .port(taken.getLocalPort())
                                            .start())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port %d".formatted(taken.getLocalPort()));
        }
    }
}
