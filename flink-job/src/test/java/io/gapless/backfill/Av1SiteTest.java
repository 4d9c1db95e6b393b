package io.gapless.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gapless.archive.read.CameraVerification;
import io.gapless.media.CameraId;
import io.gapless.media.Digest;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.TimeRange;
import io.gapless.media.testing.FFmpegTools;
import io.gapless.media.testing.PublishedByFfmpeg;
import io.gapless.media.timeline.Gap;
import io.gapless.media.timeline.Span;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A camera with AV1 and two recorders: what the primary misses comes out of the replica's ring, and
 * FFmpeg, which made the packets, finds its pictures again in the archive's export.
 */
final class Av1SiteTest {
    private static final CameraId CAMERA = new CameraId("gate");
    private static final MediaTime START = MediaTime.of(Instant.parse("2026-11-22T10:00:00Z"));
    private static final long REPLICAS_SHIFT = 12_345;
    private static final int GOP = 10;
    private static final int FRAMES = 12 * GOP;
    private static final int TICKS_PER_FRAME = 9000;
    private static final int PACKET_BYTES = 300;
    private static final TimeRange ALL = new TimeRange(START, time(FRAMES));

    @TempDir Path directory;

    private final MediaMemory memory = new MediaMemory(64 << 20);
    private final List<FragmentHeader> primary = new ArrayList<>();
    private final List<FragmentHeader> replica = new ArrayList<>();
    private List<byte[]> packets = List.of();

    @AfterEach
    void nothingIsLeftOver() {
        assertThat(memory.usedBytes()).isZero();
    }

    /** One frame for each temporal unit, as cameras do; and with frames that are hidden. */
    @ParameterizedTest
    @ValueSource(strings = {"-usage realtime", "-lag-in-frames 19"})
    void whatThePrimaryMissesIsFilledAndDecodesAsItWasEncoded(String encoder) throws Exception {
        InstantSource clock = InstantSource.fixed(time(FRAMES).toInstant().plusSeconds(62));
        SteppedSite site = new SteppedSite(CAMERA, directory, memory, clock);
        Path sent = encode(encoder);
        packets = PublishedByFfmpeg.of(sent, PACKET_BYTES).packets();
        site.writeArchive(this::recordPrimary);
        site.writeRing(this::recordReplica);
        assertThat(site.verify(ALL).gaps()).extracting(Gap::cause).contains(GapCause.PACKET_LOSS);
        List<FragmentHeader> fills = site.backfill(ALL);

        assertThat(fills)
                .extracting(FragmentHeader::start, FragmentHeader::end)
                .containsExactly(
                        tuple(time(20), time(30)),
                        tuple(time(60), time(70)),
                        tuple(time(70), time(80)),
                        tuple(time(80), time(90)));
        assertThat(fills)
                .extracting(FragmentHeader::digest)
                .isEqualTo(digests(replica, 2, 6, 7, 8));
        assertThat(digests(primary, 0, 1)).isEqualTo(digests(replica, 0, 1));
        CameraVerification verified = site.verify(ALL);
        assertThat(verified.problems()).isEmpty();
        assertThat(verified.gaps()).isEmpty();
        assertThat(verified.timeline().seams()).isEmpty();
        assertThat(verified.timeline().frames()).isEqualTo(FRAMES);
        assertThat(verified.timeline().spans())
                .extracting(Span::origin)
                .containsExactly(
                        Origin.PRIMARY,
                        Origin.REPLICA,
                        Origin.PRIMARY,
                        Origin.REPLICA,
                        Origin.PRIMARY);
        Path exported = site.export(ALL);
        assertThat(FFmpegTools.decodingErrors(exported)).isEmpty();
        assertThat(FFmpegTools.pictures(exported))
                .hasSize(FRAMES)
                .isEqualTo(FFmpegTools.pictures(sent));
    }

    private static MediaTime time(long frame) {
        return START.plusTicks(frame * TICKS_PER_FRAME);
    }

    private static List<Digest> digests(List<FragmentHeader> headers, int... which) {
        return Arrays.stream(which).mapToObj(i -> headers.get(i).digest()).toList();
    }

    private Path encode(String encoder) {
        Path sent = directory.resolve("sent.mp4");
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-f", "lavfi", "-i", "testsrc2=rate=10:size=160x96"));
        arguments.addAll(List.of("-frames:v", "" + FRAMES, "-pix_fmt", "yuv420p"));
        arguments.addAll(List.of("-g", "" + GOP, "-keyint_min", "" + GOP));
        arguments.addAll(List.of("-c:v", "libaom-av1", "-cpu-used", "8", "-threads", "1"));
        arguments.addAll(List.of(encoder.split(" ", -1)));
        arguments.add(sent.toString());
        FFmpegTools.ffmpeg(arguments.toArray(String[]::new));
        return sent;
    }

    /** A packet is lost in the third second; a session ends in the seventh, another begins. */
    private void recordPrimary(Consumer<Fragment> out) {
        Consumer<Fragment> noted = noting(primary, out);
        Av1Run first = run(Origin.PRIMARY, 0, GapCause.RECORDER_RESTART, noted);
        send(first, 0, 24);
        List<byte[]> frame = frame(24);
        first.lost();
        frame.subList(1, frame.size()).forEach(first::packet);
        send(first, 25, 66);
        first.end();
        Av1Run second = run(Origin.PRIMARY, 0, GapCause.CAMERA_DISCONNECTED, noted);
        send(second, 83, FRAMES);
        second.end();
    }

    private void recordReplica(Consumer<Fragment> out) {
        Av1Run run =
                run(
                        Origin.REPLICA,
                        REPLICAS_SHIFT,
                        GapCause.RECORDER_RESTART,
                        noting(replica, out));
        send(run, 0, FRAMES);
        run.end();
    }

    private static Consumer<Fragment> noting(List<FragmentHeader> seen, Consumer<Fragment> out) {
        return fragment -> {
            seen.add(fragment.header());
            out.accept(fragment);
        };
    }

    private Av1Run run(Origin origin, long shift, GapCause cause, Consumer<Fragment> out) {
        MediaTime start = START.plusTicks(shift);
        return new Av1Run(
                CAMERA, origin, memory, start, timestamp(packets.get(0)), Optional.of(cause), out);
    }

    private void send(Av1Run run, int fromFrame, int toFrame) {
        for (int i = fromFrame; i < toFrame; i++) {
            frame(i).forEach(run::packet);
        }
    }

    private List<byte[]> frame(int number) {
        int timestamp = timestamp(packets.get(0)) + number * TICKS_PER_FRAME;
        return packets.stream().filter(p -> timestamp(p) == timestamp).toList();
    }

    private static int timestamp(byte[] packet) {
        return ByteBuffer.wrap(packet).getInt(4);
    }
}
