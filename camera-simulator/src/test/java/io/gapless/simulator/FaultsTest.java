package io.gapless.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Each fault as a client sees it. */
final class FaultsTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void rebootClosesEverythingAndTheCounterRunsOn() throws Exception {
        try (SimulatedCameras cameras = Clips.start(Clips.small("a"), Clips.small("b"));
                FfmpegClient other = new FfmpegClient(cameras.uri("b"), "tcp")) {
            long last;
            try (FfmpegClient client = new FfmpegClient(cameras.uri("a"), "tcp")) {
                client.read(5);
                cameras.reboot("a", LONG);
                last = client.read(100).packetMarks.get(client.packetMarks.size() - 1).counter();
                assertThat(client.ended).isTrue();
            }
            try (FfmpegClient refused = new FfmpegClient(cameras.uri("a"), "tcp")) {
                assertThat(refused.ended).isTrue();
            }
            cameras.heal("a");
            try (FfmpegClient back = new FfmpegClient(cameras.uri("a"), "tcp")) {
                assertThat(back.read(1).counters().get(0)).isGreaterThan(last);
            }
            assertInOrder(other.read(20).counters());
        }
    }

    @Test
    void freezeIsSilent() throws Exception {
        try (SimulatedCameras cameras = Clips.start(Clips.small("a"));
                RawClient client = new RawClient(cameras.port())) {
            client.play("a");
            client.readInterleaved();
            cameras.freeze("a", LONG);
            client.readUntilSilent(Duration.ofSeconds(1));
            client.send("OPTIONS", cameras.uri("a").toString(), "");
            assertThat(client.readUntilSilent(Duration.ofSeconds(1))).isZero();
        }
    }

    @Test
    void refusedPassword() throws Exception {
        try (SimulatedCameras cameras = Clips.start(Clips.small("a"))) {
            cameras.refusePassword("a", LONG);
            try (RawClient client = new RawClient(cameras.port())) {
                assertThat(client.request("DESCRIBE", cameras.uri("a").toString(), ""))
                        .startsWith("RTSP/1.0 401 ")
                        .contains("WWW-Authenticate: Digest ");
            }
        }
    }

    @Test
    void garbageStandsBetweenFrames() throws Exception {
        try (SimulatedCameras cameras = Clips.start(Clips.small("a"))) {
            cameras.garbage("a", LONG);
            try (RawClient client = new RawClient(cameras.port())) {
                client.play("a");
                assertThat(client.readGarbage()).isTrue();
            }
        }
    }

    @Test
    void garbageInsteadOfReplies() throws Exception {
        try (SimulatedCameras cameras = Clips.start(Clips.small("a"))) {
            cameras.garbageReplies("a", LONG);
            try (FfmpegClient client = new FfmpegClient(cameras.uri("a"), "tcp")) {
                assertThat(client.ended).isTrue();
            }
        }
    }

    @Test
    void lostPacketsAreMissing() throws Exception {
        for (String transport : List.of("tcp", "udp")) {
            try (SimulatedCameras cameras = Clips.start(Clips.small("a"))) {
                try (FfmpegClient client = new FfmpegClient(cameras.uri("a"), transport)) {
                    client.read(1);
                    cameras.losePackets("a", 30, LONG);
                    try {
                        client.read(30).flush();
                    } catch (NoSuchElementException e) {
                        continue; // a frame without its mark: its packet was lost
                    }
                    assertThat(client.decodeErrors > 0 || !isInOrder(client.counters())).isTrue();
                }
            }
        }
    }

    @Test
    void resolutionChangesAtAKeyFrameWithoutLosingAFrame() throws Exception {
        CameraSpec spec = Clips.small("a").withVideo(v -> v.withBFrames(2, false));
        try (SimulatedCameras cameras = Clips.start(spec);
                FfmpegClient client = new FfmpegClient(cameras.uri("a"), "tcp")) {
            client.read(5);
            long from = cameras.changeResolution("a", 480, 272);
            client.read((int) (from + 20 - client.packetMarks.get(4).counter())).flush();
            assertInOrder(client.counters());
            assertThat(client.decodeErrors).isZero();
            assertThat(client.pictureCounters()).isEqualTo(client.counters());
            assertThat(client.pictures)
                    .allMatch(
                            picture ->
                                    picture.width()
                                            == (picture.mark().orElseThrow().counter() < from
                                                    ? 320
                                                    : 480));
        }
    }

    @Test
    void labelledFrameRateIsALie() throws Exception {
        CameraSpec spec = Clips.small("a").withLabelledFramesPerSecond(30);
        try (SimulatedCameras cameras = Clips.start(spec);
                FfmpegClient client = new FfmpegClient(cameras.uri("a"), "tcp")) {
            client.read(10);
            long first = client.counters().get(0);
            assertThat(client.timesByCounter.get(first + 9) - client.timesByCounter.get(first + 1))
                    .isEqualTo(8 * 3000);
        }
    }

    @Test
    void aClientThatDoesNotReadLosesWholeFrames() throws Exception {
        CameraSpec spec =
                CameraSpec.named("a")
                        .withVideo(
                                Clips.SMALL
                                        .withSize(640, 480)
                                        .withFramesPerSecond(100)
                                        .withBitsPerSecond(60_000_000));
        try (SimulatedCameras cameras = Clips.start(spec);
                RawClient client = new RawClient(cameras.port())) {
            client.play("a");
            RawClient.await(() -> cameras.droppedFrames("a") > 0);
            // The stream is still a sequence of whole packets.
            for (int i = 0; i < 3000; i++) {
                assertThat(client.readInterleaved()).isNotNull();
            }
        }
    }

    private static void assertInOrder(List<Long> counters) {
        assertThat(isInOrder(counters)).as("in order: %s", counters).isTrue();
    }

    private static boolean isInOrder(List<Long> counters) {
        long first = counters.get(0);
        return counters.equals(LongStream.range(first, first + counters.size()).boxed().toList());
    }
}
