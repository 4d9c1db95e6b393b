package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.FragmentLimits;
import io.gapless.media.GapCause;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.Fault;
import io.gapless.simulator.SenderReports;
import io.gapless.simulator.SessionStart;
import io.gapless.simulator.Side;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.Scene;
import io.gapless.simulator.content.VideoCodec;
import io.gapless.simulator.content.VideoFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two recorders of one camera, of which one starts later and loses packets: whatever both hold
 * whole they have cut alike, so that each can fill the other's gaps.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoRecordersTest {
    private static final int LIMIT = 60;
    private static final FragmentLimits LIMITS = new FragmentLimits(LIMIT, 8 << 20, 1 << 20);
    private static final VideoFormat SMALL =
            VideoFormat.DEFAULT
                    .withSize(160, 120)
                    .withFramesPerSecond(50)
                    .withGopFrames(20)
                    .withBitsPerSecond(400_000);
    private static final VideoFormat H265 = SMALL.withCodec(VideoCodec.H265);

    private final UnhurriedClock clock = new UnhurriedClock();
    private final RecorderRig rig = new RecorderRig(LIMITS, clock, clock);
    private final Map<String, Pair> pairs = new LinkedHashMap<>();

    /** What both recorded of a camera, and a third one that stopped early. */
    record Pair(CameraSpec spec, Recorded early, Recorded late, Recorded brief) {
        Pair(CameraSpec spec) {
            this(spec, new Recorded(), new Recorded(), new Recorded());
        }
    }

    static List<String> cameras() {
        return specs().stream().map(CameraSpec::name).toList();
    }

    private static List<CameraSpec> specs() {
        return List.of(
                camera("regular", SMALL),
                camera("irregular", SMALL.withKeyFramesAtRandom(3, 45, 1)),
                camera("long-gop", SMALL.withGopFrames(190))
                        .withSessionStart(SessionStart.NEXT_FRAME),
                camera("h265", H265),
                camera("h265-irregular", H265.withKeyFramesAtRandom(3, 45, 2)),
                camera("b-frames", SMALL.withBFrames(2, false)).withAudio(AudioFormat.AAC),
                camera("open-gop", SMALL.withBFrames(2, true)).withAudio(AudioFormat.PCMA),
                camera("h265-open-gop", H265.withBFrames(3, true)),
                camera("long-open-gop", SMALL.withBFrames(2, true).withGopFrames(190)),
                camera("no-reports", SMALL).withSenderReports(SenderReports.NONE),
                camera("clock-steps", SMALL).withClockStepPerSession(Duration.ofSeconds(2)),
                camera("clock-off", SMALL).withClockOffset(Duration.ofHours(3)),
                camera("static", SMALL.withScene(Scene.BLACK)),
                camera("jpeg", SMALL.withCodec(VideoCodec.JPEG)),
                camera("static-h265", H265.withScene(Scene.BLACK)),
                camera("replayed-gop", SMALL).withSessionStart(SessionStart.REPLAYED_GOP),
                camera("forced-key", SMALL.withGopFrames(190))
                        .withSessionStart(SessionStart.FORCED_KEY_FRAME));
    }

    private static CameraSpec camera(String name, VideoFormat video) {
        return CameraSpec.named(name).withVideo(video);
    }

    @BeforeAll
    void record() throws Exception {
        specs().forEach(spec -> pairs.put(spec.name(), new Pair(spec)));
        SimulatedCameras.Builder builder =
                SimulatedCameras.builder().wallClock(clock).nanoTicker(clock);
        pairs.values().forEach(pair -> builder.camera(pair.spec()));
        try (SimulatedCameras cameras = builder.start()) {
            pairs.forEach((name, pair) -> record(cameras, name, Side.PRIMARY, pair.early()));
            for (Pair pair : pairs.values()) {
                pair.early().await(r -> !r.fragments().isEmpty());
            }
            List<CameraRecorder> brief = new ArrayList<>();
            pairs.forEach(
                    (name, pair) -> {
                        record(cameras, name, Side.REPLICA, pair.late());
                        brief.add(record(cameras, name, Side.PRIMARY, pair.brief()));
                    });
            for (Pair pair : pairs.values()) {
                pair.late().await(r -> r.counters().size() >= 250);
                pair.brief().await(r -> r.counters().size() >= 100);
            }
            brief.forEach(recorder -> recorder.close().toCompletableFuture().join());
            Fault loss = new Fault.PacketLoss(2, 2, OptionalLong.of(1));
            pairs.keySet()
                    .forEach(
                            name ->
                                    cameras.inject(
                                            name, Side.REPLICA, loss, Duration.ofMinutes(1)));
            for (Pair pair : pairs.values()) {
                pair.late().await(r -> r.counters().size() >= 500);
            }
            rig.stop();
        }
    }

    private CameraRecorder record(SimulatedCameras cameras, String name, Side side, Recorded to) {
        Transport transport = name.length() % 2 == 0 ? Transport.TCP : Transport.UDP;
        return rig.record(RecorderRig.patient(cameras.uri(name, side), transport), to);
    }

    @AfterAll
    void nothingIsLeftOver() {
        rig.close();
        assertThat(rig.memory.usedBytes()).isZero();
    }

    @ParameterizedTest
    @MethodSource("cameras")
    void whatBothHoldWholeIsCutAlike(String camera) {
        Pair pair = pairs.get(camera);
        Map<List<Long>, FragmentHeader> early = new HashMap<>();
        Set<Long> earlyFrames = new HashSet<>();
        for (Recorded.Take take : whole(pair.early())) {
            early.put(take.counters(), take.header());
            earlyFrames.addAll(take.counters());
        }
        int common = 0;
        long apart = 0;
        for (Recorded.Take take : whole(pair.late())) {
            if (earlyFrames.containsAll(take.counters())) {
                assertThat(early).containsKey(take.counters());
                FragmentHeader same = early.get(take.counters());
                assertThat(take.header().digest()).isEqualTo(same.digest());
                assertThat(take.header().startsWithKeyFrame()).isEqualTo(same.startsWithKeyFrame());
                apart = Math.max(apart, Math.abs(ticksApart(take.header(), same)));
                common++;
            }
        }
        report(pair, common, apart / 90.0);
        assertThat(common).isGreaterThan(250 / LIMIT);
    }

    @SuppressWarnings("SystemOut") // the figures are what the test is run for, besides its verdict
    private static void report(Pair pair, int common, double apartMs) {
        List<FragmentHeader> late = pair.late().fragments();
        System.out.printf(
                "%s: of %d fragments of the later recorder %d are damaged, %d of the others match;"
                        + " times are at most %.2f ms apart%n",
                pair.spec().name(),
                late.size(),
                late.stream().filter(FragmentHeader::damaged).count(),
                common,
                apartMs);
    }

    private static long ticksApart(FragmentHeader one, FragmentHeader other) {
        return one.start().ticks90k() - other.start().ticks90k();
    }

    /** Without the last one of the run, which the end of the recording cut. */
    private static List<Recorded.Take> whole(Recorded recorded) {
        List<Recorded.Take> takes = recorded.takes();
        return takes.subList(0, takes.size() - 1).stream()
                .filter(take -> !take.header().damaged())
                .toList();
    }

    /** So that nothing that was cut elsewhere than the other recorder cut it is taken for whole. */
    @ParameterizedTest
    @MethodSource("cameras")
    void whatFollowsALossIsDamagedUntilTheNextKeyFrame(String camera) {
        List<FragmentHeader> fragments = pairs.get(camera).late().fragments();
        boolean broken = false;
        int losses = 0;
        for (FragmentHeader fragment : fragments) {
            boolean lost = fragment.gapBefore().equals(Optional.of(GapCause.PACKET_LOSS));
            losses += lost ? 1 : 0;
            broken = !fragment.startsWithKeyFrame() && (broken || lost);
            assertThat(fragment.damaged() || !broken).isTrue();
        }
        assertThat(losses).isPositive();
        assertThat(pairs.get(camera).early().fragments()).noneMatch(FragmentHeader::damaged);
    }

    /** It holds a clean beginning of what the other recorder holds, and is not damaged. */
    @ParameterizedTest
    @MethodSource("cameras")
    void theLastFragmentOfARunBeginsAsItWouldHaveGoneOn(String camera) {
        Pair pair = pairs.get(camera);
        List<Recorded.Take> brief = pair.brief().takes();
        Recorded.Take last = brief.get(brief.size() - 1);
        Recorded.Take same =
                pair.early().takes().stream()
                        .filter(t -> t.counters().contains(last.counters().get(0)))
                        .findFirst()
                        .orElseThrow();
        assertThat(last.header().damaged()).isFalse();
        assertThat(last.header().startsWithKeyFrame())
                .isEqualTo(same.header().startsWithKeyFrame());
        assertThat(same.counters().subList(0, last.counters().size())).isEqualTo(last.counters());
    }

    @ParameterizedTest
    @MethodSource("cameras")
    void onlyAStaticSceneRepeatsDigests(String camera) {
        Pair pair = pairs.get(camera);
        List<Digest> digests =
                whole(pair.early()).stream().map(take -> take.header().digest()).toList();
        boolean isStatic = pair.spec().video().scene() == Scene.BLACK;
        if (isStatic) {
            assertThat(digests).containsOnly(digests.get(0));
        }
    }
}
