package io.gapless.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.simulator.content.Rendition;
import io.gapless.simulator.content.VideoCodec;
import io.gapless.simulator.content.VideoFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With what sessions begin, and what is their own. */
final class SessionsTest {
    private static final VideoFormat LONG_GOP = Clips.SMALL.withGopFrames(500);

    @ParameterizedTest
    @EnumSource(names = {"H264", "H265"})
    void anEncoderPerSessionMakesOtherBitsOfTheSameFrames(VideoCodec codec) throws Exception {
        CameraSpec spec =
                Clips.small("a").withVideo(v -> v.withCodec(codec)).withEncoderPerSession(true);
        try (SimulatedCameras cameras = Clips.start(Clips.small("b"), spec);
                FfmpegClient one = new FfmpegClient(cameras.uri("a"), "tcp");
                FfmpegClient two = new FfmpegClient(cameras.uri("a"), "udp")) {
            one.read(45).flush();
            two.read(45).flush();
            assertWhole(one, 45);
            assertWhole(two, 45);
            List<Mark> common = new ArrayList<>(one.packetMarks);
            common.retainAll(two.packetMarks);
            assertThat(common)
                    .hasSizeGreaterThan(25)
                    .allSatisfy(
                            mark ->
                                    assertThat(one.hashesByCounter.get(mark.counter()))
                                            .isNotEqualTo(two.hashesByCounter.get(mark.counter())));
            assertThat(one.keyCounters).isNotEmpty().doesNotContainAnyElementsOf(two.keyCounters);
        }
    }

    @Test
    void renditionsShowTheSamePicturesWithKeyFramesElsewhere() {
        VideoFormat format = Clips.SMALL.withGopFrames(50);
        assertThat(
                        LongStream.range(0, Rendition.COUNT)
                                .map(i -> new Rendition(format, (int) i).firstPicture()))
                .containsExactly(0L, 30L, 11L, 42L, 23L, 4L, 35L, 16L, 47L, 28L, 9L, 39L);
    }

    @Test
    void irregularKeyFrames() throws Exception {
        CameraSpec spec = Clips.small("a").withVideo(v -> v.withKeyFramesAtRandom(3, 12, 5));
        try (SimulatedCameras cameras = Clips.start(spec);
                FfmpegClient client = new FfmpegClient(cameras.uri("a"), "tcp")) {
            client.read(110).flush();
            assertWhole(client, 110);
            List<Long> keys = client.keyCounters;
            List<Long> distances = new ArrayList<>();
            for (int i = 1; i < keys.size(); i++) {
                distances.add(keys.get(i) - keys.get(i - 1));
            }
            assertThat(distances).allMatch(d -> d >= 3 && d <= 12);
            assertThat(distances.stream().distinct().count()).isGreaterThan(3);
        }
    }

    /** A camera without requests for key frames: what comes first cannot be decoded. */
    @Test
    void aSessionBeginsInTheMidstOfALongGop() throws Exception {
        try (SimulatedCameras cameras = Clips.start(longGop(SessionStart.NEXT_FRAME));
                RawClient client = new RawClient(cameras.port())) {
            long before = cameras.frameCount("a");
            client.play("a");
            assertThat(firstCounter(client)).isBetween(before, before + 25);
        }
    }

    @Test
    void aSessionBeginsWithTheNewestKeyFrame() throws Exception {
        try (SimulatedCameras cameras = Clips.start(longGop(SessionStart.REPLAYED_GOP))) {
            RawClient.await(() -> cameras.frameCount("a") > 20);
            try (FfmpegClient client = new FfmpegClient(cameras.uri("a"), "tcp")) {
                client.read(60).flush();
                assertWhole(client, 60);
                assertThat(client.counters().get(0)).isZero();
                assertThat(client.keyCounters).containsExactly(0L);
            }
        }
    }

    @Test
    void aSessionMakesAKeyFrameForAll() throws Exception {
        try (SimulatedCameras cameras = Clips.start(longGop(SessionStart.FORCED_KEY_FRAME));
                FfmpegClient first = new FfmpegClient(cameras.uri("a"), "tcp")) {
            first.read(10);
            try (FfmpegClient second = new FfmpegClient(cameras.uri("a"), "tcp")) {
                second.read(10).flush();
                assertWhole(second, 10);
                first.read((int) (second.counters().get(9) - first.counters().get(9)));
                first.flush();
                assertWhole(first, first.counters().size());
                assertThat(first.keyCounters)
                        .containsExactly(first.counters().get(0), second.counters().get(0));
            }
        }
    }

    private static CameraSpec longGop(SessionStart start) {
        return CameraSpec.named("a").withVideo(LONG_GOP).withSessionStart(start);
    }

    private static long firstCounter(RawClient client) throws Exception {
        while (true) {
            var mark = Mark.inAccessUnit(client.readInterleaved());
            if (mark.isPresent()) {
                return mark.get().counter();
            }
        }
    }

    private static void assertWhole(FfmpegClient client, int frames) {
        long first = client.counters().get(0);
        List<Long> all = LongStream.range(first, first + frames).boxed().toList();
        assertThat(client.counters()).isEqualTo(all);
        assertThat(client.pictureCounters()).isEqualTo(all);
        assertThat(client.decodeErrors).isZero();
        assertThat(client.pictures).noneMatch(FfmpegClient.Picture::damaged);
    }
}
