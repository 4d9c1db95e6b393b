package io.gapless.archive.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.Archive;
import io.gapless.archive.read.HandMadeArchive.Ending;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.VideoCodec;
import io.gapless.media.testing.AudioClip;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.FFmpegTools;
import io.gapless.media.testing.FragmentBuilder;
import io.gapless.media.testing.ProbedPacket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports what primary and replica recorded in turn, and lets FFmpeg judge. */
class ExportAcrossSeamsTest {
    private static final CameraId CAMERA = new CameraId("dock");
    private static final MediaTime START = MediaTime.of(Instant.parse("2026-11-22T10:00:00Z"));
    private static final int GOP = 25;
    private static final int FRAMES = 6 * GOP;
    private static final long FRAME_TICKS = 3600;
    private static Clip clip;
    private static AudioClip sound;

    @TempDir Path directory;
    private final MediaMemory memory = new MediaMemory(64 << 20);
    private Archive archive;
    private HandMadeArchive files;

    @BeforeAll
    static void encode() {
        clip = Marks.mark(encoder().encode(), 0);
        sound = AudioClip.aac(6);
    }

    private static ClipEncoder encoder() {
        return ClipEncoder.of(VideoCodec.H264).size(64, 48).frames(FRAMES).gop(GOP);
    }

    @BeforeEach
    void open() throws IOException {
        archive = Archive.open(directory.toUri(), new Configuration());
        files = new HandMadeArchive(archive);
    }

    @AfterEach
    void close() throws IOException {
        archive.close();
    }

    @Test
    void aReplicaEndsTheGroupOfPicturesThatThePrimaryBegan() throws IOException {
        files.add(Ending.UNINDEXED, run(part(clip, 0, 60)));
        files.add(Ending.INDEXED, fills(run(clip).subList(2, 4)));
        files.add(Ending.OPEN, run(clip).subList(4, 6));

        check(IntStream.range(0, FRAMES).boxed().toList());
        CameraVerification verified = verified();
        assertThat(verified.frames(Origin.PRIMARY)).isEqualTo(60 + 50);
        assertThat(verified.frames(Origin.REPLICA)).isEqualTo(40);
        assertThat(verified.timeline().seams()).isEmpty();
    }

    @Test
    void aDamagedGroupOfPicturesIsReplaced() throws IOException {
        List<Fragment> primary = run(clip);
        RunId run = primary.get(0).header().run();
        Fragment begin = run(part(clip, 2 * GOP, 60)).get(0);
        Fragment rest = run(part(clip, 65, 3 * GOP)).get(0);
        List<Fragment> recorded = new ArrayList<>(primary.subList(0, 2));
        recorded.add(damaged(begin, run, 2, Optional.empty()));
        recorded.add(damaged(rest, run, 3, Optional.of(GapCause.PACKET_LOSS)));
        files.add(Ending.INDEXED, recorded);
        files.add(Ending.OPEN, run(clip).subList(3, 6));
        assertThat(verified().gaps()).hasSize(1);
        files.add(Ending.INDEXED, fills(run(clip).subList(2, 3)));

        check(IntStream.range(0, FRAMES).boxed().toList());
        assertThat(verified().frames(Origin.REPLICA)).isEqualTo(GOP);
    }

    @Test
    void aFillOfAnotherEncodingIsShownFromItsSeamToThePrimarysNextKeyFrame() throws IOException {
        Clip other = Marks.mark(encoder().size(96, 64).encode(), 1000);
        MediaTime seam = START.plusTicks(60 * FRAME_TICKS);
        List<Fragment> replica = fills(build(other, seam)).subList(0, 2);
        FragmentHeader first = replica.get(0).header();
        List<Fragment> fill =
                List.of(
                        replica.get(0)
                                .withHeader(
                                        first.placed(
                                                first.start(),
                                                first.durationTicks90k(),
                                                Optional.of(GapCause.RECORDER_RESTART),
                                                Origin.REPLICA,
                                                true)),
                        replica.get(1));
        files.add(Ending.UNINDEXED, run(clip).subList(0, 3));
        files.add(Ending.INDEXED, fill);
        files.add(Ending.OPEN, run(clip).subList(4, 6));

        check(
                Stream.of(
                                IntStream.range(0, 60),
                                IntStream.range(1000, 1040),
                                IntStream.range(100, FRAMES))
                        .flatMap(IntStream::boxed)
                        .toList());
        assertThat(verified().timeline().seams()).containsExactly(seam);
    }

    private static Clip part(Clip whole, int from, int to) {
        return new Clip(
                whole.codec(),
                whole.width(),
                whole.height(),
                whole.decoderConfigurationRecord(),
                whole.parameterSets(),
                whole.pictures().subList(from, to));
    }

    private List<Fragment> run(Clip pictures) {
        return build(pictures, START);
    }

    private List<Fragment> build(Clip pictures, MediaTime start) {
        return new FragmentBuilder(CAMERA, RunId.random(), memory, pictures, Optional.of(sound))
                .build(start);
    }

    private static List<Fragment> fills(List<Fragment> fragments) {
        return fragments.stream()
                .map(
                        f ->
                                f.withHeader(
                                        f.header()
                                                .placed(
                                                        f.header().start(),
                                                        f.header().durationTicks90k(),
                                                        Optional.empty(),
                                                        Origin.REPLICA,
                                                        false)))
                .toList();
    }

    private static Fragment damaged(
            Fragment fragment, RunId run, long sequence, Optional<GapCause> gapBefore) {
        FragmentHeader h = fragment.header();
        return fragment.withHeader(
                new FragmentHeader(
                        CAMERA,
                        run,
                        sequence,
                        h.start(),
                        h.durationTicks90k(),
                        h.videoFrames(),
                        h.audioFrames(),
                        h.digest(),
                        h.startsWithKeyFrame(),
                        true,
                        gapBefore,
                        Origin.PRIMARY));
    }

    private ArchiveReader reader() {
        return new ArchiveReader(
                archive, InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z")));
    }

    private CameraVerification verified() throws IOException {
        CameraVerification verification =
                reader().verify(
                                List.of(CAMERA),
                                Optional.empty(),
                                Optional.empty(),
                                ReadProgress.NONE)
                        .cameras()
                        .get(0);
        assertThat(verification.problems()).isEmpty();
        return verification;
    }

    private void check(List<Integer> expected) throws IOException {
        assertThat(verified().gaps()).isEmpty();
        Path out = directory.resolve("export.mp4");
        ExportReport report =
                reader().export(
                                CAMERA,
                                START.toInstant(),
                                START.plusTicks(FRAMES * FRAME_TICKS).toInstant(),
                                out,
                                ReadProgress.NONE);
        assertThat(report.frames()).isEqualTo(FRAMES);
        assertThat(report.leadInFrames()).isZero();
        byte[] file = Files.readAllBytes(out);
        List<ProbedPacket> pictures = FFmpegTools.packets(out, "v");
        assertThat(pictures.stream().map(p -> counter(file, p))).isEqualTo(expected);
        assertThat(pictures.stream().map(ProbedPacket::dts)).isSorted().doesNotHaveDuplicates();
        assertThat(FFmpegTools.decodingErrors(out)).isEmpty();
        checkSound(FFmpegTools.packets(out, "a"));
    }

    /** Unbroken, but for an access unit at each change of recorder. */
    private static void checkSound(List<ProbedPacket> units) {
        assertThat(units.stream().map(ProbedPacket::dts)).isSorted().doesNotHaveDuplicates();
        assertThat((double) units.size()).isCloseTo(sound.frames().size(), within(3));
    }

    private static org.assertj.core.data.Offset<Double> within(double units) {
        return org.assertj.core.data.Offset.offset(units);
    }

    private static int counter(byte[] file, ProbedPacket packet) {
        int at = (int) packet.position();
        return Marks.counter(Arrays.copyOfRange(file, at, at + packet.sizeBytes())).orElseThrow();
    }
}
