package io.gapless.archive.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.archive.Archive;
import io.gapless.archive.read.HandMadeArchive.Ending;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.VideoCodec;
import io.gapless.media.testing.AudioClip;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.FFmpegTools;
import io.gapless.media.testing.FragmentBuilder;
import io.gapless.media.testing.ProbedPacket;
import io.gapless.media.timeline.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Exports from an archive that crosses midnight, has a gap, and holds some fragments twice, judged
 * by FFmpeg against the pictures that went in.
 */
class ExactExportTest {
    private static final CameraId CAMERA = new CameraId("yard");
    private static final MediaTime START = MediaTime.of(Instant.parse("2026-11-22T23:59:55.120Z"));
    private static final MediaTime SECOND_START =
            MediaTime.of(Instant.parse("2026-11-23T00:00:09.500Z"));
    private static final int SECONDS = 10;
    private static final int FRAME_RATE = 25;
    private static final int RANGES = 34;

    /** A picture that went in, and when it is presented. */
    private record Truth(int counter, boolean key, MediaTime time, int run) {}

    @TempDir Path directory;
    private final List<Truth> truth = new ArrayList<>();

    private enum Kind {
        H264,
        H264_WITH_B_FRAMES,
        H265_WITH_OPEN_GOPS,
        AV1_WITH_HIDDEN_FRAMES;

        VideoCodec codec() {
            return switch (this) {
                case H264, H264_WITH_B_FRAMES -> VideoCodec.H264;
                case H265_WITH_OPEN_GOPS -> VideoCodec.H265;
                case AV1_WITH_HIDDEN_FRAMES -> VideoCodec.AV1;
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomRangesHoldExactlyTheFramesOfTheTimeline(Kind kind) throws IOException {
        try (Archive archive = Archive.open(directory.toUri(), new Configuration())) {
            fill(archive, kind);
            ArchiveReader reader = reader(archive);
            Random random = new Random(7);
            for (int i = 0; i < RANGES; i++) {
                long a = random.nextLong(-90_000, 25 * 90_000);
                long b = random.nextLong(-90_000, 25 * 90_000);
                check(reader, START.plusTicks(Math.min(a, b)), START.plusTicks(Math.max(a, b)));
            }
            check(reader, START, START.plusTicks(25 * 90_000));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H264", "AV1_WITH_HIDDEN_FRAMES"})
    void anExportAcrossAChangeOfConfigurationDecodesWhole(Kind kind) throws IOException {
        try (Archive archive = Archive.open(directory.toUri(), new Configuration())) {
            fill(archive, kind);
            Clip other = ClipEncoder.of(kind.codec()).size(96, 64).frames(50).encode();
            MediaTime start = MediaTime.of(Instant.parse("2026-11-23T00:00:30Z"));
            new HandMadeArchive(archive).add(Ending.OPEN, run(other, start, 2));
            check(reader(archive), SECOND_START, SECOND_START.plusTicks(60 * 90_000));
            assertThat(FFmpegTools.decodingErrors(out())).isEmpty();
        }
    }

    @Test
    void aRangeWithoutFramesIsRefusedAndLeavesNoFile() throws IOException {
        try (Archive archive = Archive.open(directory.toUri(), new Configuration())) {
            fill(archive, Kind.H264);
            Instant gap = Instant.parse("2026-11-23T00:00:06Z");
            assertThatThrownBy(
                            () ->
                                    reader(archive)
                                            .export(
                                                    CAMERA,
                                                    gap,
                                                    gap.plusSeconds(2),
                                                    out(),
                                                    ReadProgress.NONE))
                    .isInstanceOf(NothingRecordedException.class)
                    .hasMessageContaining("holds no frame of camera yard");
            assertThat(out()).doesNotExist();
            assertThat(part()).doesNotExist();
        }
    }

    private void fill(Archive archive, Kind kind) throws IOException {
        List<Fragment> first = run(clip(kind, 25), START, 0);
        List<Fragment> second = run(clip(kind, 50), SECOND_START, 1);
        HandMadeArchive files = new HandMadeArchive(archive);
        Interruption end =
                new Interruption(
                        CAMERA,
                        first.get(first.size() - 1).header().end(),
                        GapCause.CAMERA_DISCONNECTED,
                        "the camera closed the connection");
        files.add(Ending.INDEXED, first.subList(0, 5));
        files.add(Ending.OPEN, first.subList(3, 7));
        files.add(Ending.UNINDEXED, first.subList(5, first.size()), end);
        files.add(Ending.OPEN, second);
    }

    private static Clip clip(Kind kind, int gop) {
        ClipEncoder encoder =
                ClipEncoder.of(kind.codec()).size(64, 48).frames(SECONDS * FRAME_RATE).gop(gop);
        return switch (kind) {
            case H264 -> encoder.encode();
            case AV1_WITH_HIDDEN_FRAMES -> encoder.bFrames(1).encode();
            case H264_WITH_B_FRAMES -> encoder.bFrames(3).options("-b_strategy", "0").encode();
            case H265_WITH_OPEN_GOPS ->
                    encoder.bFrames(2)
                            .options(
                                    "-x265-params",
                                    "log-level=error:scenecut=0:open-gop=1:b-adapt=0:pools=1:"
                                            + "frame-threads=1")
                            .encode();
        };
    }

    /** The fragments of a run, whose pictures from now on are expected. */
    private List<Fragment> run(Clip clip, MediaTime start, int run) {
        Clip marked = Marks.mark(clip, truth.size());
        for (Clip.Picture picture : marked.pictures()) {
            MediaTime time = start.plusTicks(picture.presentation90k());
            truth.add(new Truth(truth.size(), picture.key(), time, run));
        }
        return new FragmentBuilder(
                        CAMERA,
                        RunId.random(),
                        new MediaMemory(32 << 20),
                        marked,
                        Optional.of(AudioClip.aac(SECONDS)))
                .build(start);
    }

    private static ArchiveReader reader(Archive archive) {
        return new ArchiveReader(
                archive, InstantSource.fixed(Instant.parse("2026-11-23T08:00:00Z")));
    }

    private Path out() {
        return directory.resolve("export.mp4");
    }

    private Path part() {
        return directory.resolve("export.mp4.part");
    }

    private void check(ArchiveReader reader, MediaTime from, MediaTime to) throws IOException {
        List<Truth> inRange =
                truth.stream()
                        .filter(t -> !t.time().isBefore(from) && t.time().isBefore(to))
                        .toList();
        Timeline timeline =
                reader.timeline(CAMERA, Optional.of(from.toInstant()), Optional.of(to.toInstant()));
        assertThat(timeline.frames()).isEqualTo(inRange.size());
        if (inRange.isEmpty()) {
            return;
        }
        Files.deleteIfExists(out());
        ExportReport report =
                reader.export(CAMERA, from.toInstant(), to.toInstant(), out(), ReadProgress.NONE);
        assertThat(part()).doesNotExist();
        assertThat(report.frames()).isEqualTo(inRange.size());
        assertThat(report.gaps()).isEqualTo(timeline.gaps());
        assertThat(report.bytes()).isEqualTo(Files.size(out()));
        checkVideo(report, inRange, from, to);
        checkAudio(report);
    }

    private void checkVideo(ExportReport report, List<Truth> inRange, MediaTime from, MediaTime to)
            throws IOException {
        List<Truth> expected = new ArrayList<>(leadIn(inRange, from));
        assertThat(report.leadInFrames()).isEqualTo(expected.size());
        expected.addAll(inRange);
        expected.sort(Comparator.comparingInt(t -> t.counter()));
        MediaTime zero = expected.stream().map(Truth::time).min(MediaTime::compareTo).orElseThrow();
        List<ProbedPacket> packets = FFmpegTools.packets(out(), "v");
        byte[] file = Files.readAllBytes(out());
        List<Integer> counters = new ArrayList<>();
        for (ProbedPacket packet : packets) {
            int at = (int) packet.position();
            byte[] picture = Arrays.copyOfRange(file, at, at + packet.sizeBytes());
            counters.add(Marks.counter(picture).orElseThrow());
        }
        assertThat(counters)
                .as("pictures from %s to %s", from, to)
                .isEqualTo(expected.stream().map(t -> t.counter()).toList());
        // FFmpeg delays all pictures alike if some are presented before they are decoded.
        long zeroPts = packets.stream().mapToLong(ProbedPacket::pts).min().orElseThrow();
        assertThat(packets.stream().map(packet -> packet.pts() - zeroPts))
                .isEqualTo(expected.stream().map(t -> t.time().ticksSince(zero)).toList());
        assertThat(packets.get(0).key()).isTrue();
        assertThat(packets.stream().map(ProbedPacket::dts)).isSorted().doesNotHaveDuplicates();
        checkDuration(expected, zero);
    }

    private void checkDuration(List<Truth> expected, MediaTime zero) {
        MediaTime last = expected.stream().map(Truth::time).max(MediaTime::compareTo).orElseThrow();
        double seconds = last.ticksSince(zero) / (double) MediaTime.TICKS_PER_SECOND;
        String duration =
                FFmpegTools.ffprobe(
                                "-show_entries",
                                "format=duration",
                                "-of",
                                "csv=p=0",
                                out().toString())
                        .output();
        assertThat(Double.parseDouble(duration.trim())).isBetween(seconds, seconds + 0.2);
    }

    private void checkAudio(ExportReport report) {
        assertThat(FFmpegTools.packets(out(), "a")).hasSize((int) report.audioFrames());
    }

    /** The pictures before {@code from} that decoding those of the range must start with. */
    private List<Truth> leadIn(List<Truth> inRange, MediaTime from) {
        Truth first = inRange.get(0);
        List<Truth> run = truth.stream().filter(t -> t.run() == first.run()).toList();
        int key = keyAtOrBefore(run, run.indexOf(first));
        MediaTime keyTime = run.get(key).time();
        if (key > 0
                && inRange.stream()
                        .anyMatch(t -> t.run() == first.run() && t.time().isBefore(keyTime))) {
            key = keyAtOrBefore(run, key - 1);
        }
        return run.stream().skip(key).filter(t -> t.time().isBefore(from)).toList();
    }

    private static int keyAtOrBefore(List<Truth> run, int index) {
        int key = index;
        while (!run.get(key).key()) {
            key--;
        }
        return key;
    }
}
