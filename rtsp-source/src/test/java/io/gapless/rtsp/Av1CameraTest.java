package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gapless.media.FragmentHeader;
import io.gapless.media.FragmentLimits;
import io.gapless.media.GapCause;
import io.gapless.media.testing.FFmpegTools;
import io.gapless.media.testing.ProbedPacket;
import io.gapless.media.testing.PublishedByFfmpeg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets of AV1 that FFmpeg made, recorded by us, and judged by FFmpeg again. */
class Av1CameraTest {
    private static final int FRAMES = 50;
    private static final int TICKS_PER_FRAME = 3600;
    private static final String CAMERA_LIKE =
            "libaom-av1 -usage realtime -cpu-used 8 -threads 1 -keyint_min 25";

    private final ScriptedClock clock = new ScriptedClock();
    private final RecorderRig rig = new RecorderRig(FragmentLimits.DEFAULT, clock, clock);
    private final RecordedFile file = new RecordedFile();

    @TempDir Path directory;

    @AfterEach
    void nothingIsLeftOver() {
        rig.close();
        assertThat(rig.memory.usedBytes()).isZero();
    }

    /** Of libaom with one frame for each temporal unit, and of both with frames that are hidden. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                CAMERA_LIKE,
                "libaom-av1 -cpu-used 8 -threads 1 -lag-in-frames 19 -keyint_min 25",
                "libsvtav1 -preset 12 -svtav1-params lp=1"
            })
    void whatIsRecordedIsWhatFFmpegSends(String encoder) throws Exception {
        Path sent = encode("160x96", encoder, FRAMES);
        record(List.of(PublishedByFfmpeg.of(sent, 300)), file);

        Path recording = recording();
        List<ProbedPacket> pictures = FFmpegTools.packets(recording, "v");
        assertThat(obus(recording)).hasSize(FRAMES).isEqualTo(obus(sent));
        assertThat(pictures).extracting(ProbedPacket::key).isEqualTo(keys(sent));
        assertThat(pictures)
                .extracting(p -> p.pts() - pictures.get(0).pts())
                .allMatch(pts -> pts % TICKS_PER_FRAME == 0)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(FFmpegTools.decodingErrors(recording)).isEmpty();
        assertThat(decoded(recording)).isEqualTo("av1,160,96,%d\n".formatted(FRAMES));
        assertThat(file.fragments()).hasSize(2).noneMatch(FragmentHeader::damaged);
    }

    /** Which packets of a temporal unit do not arrive. */
    private enum Loss {
        FIRST,
        INNER,
        LAST,
        ALL;

        Set<Integer> of(List<Integer> packets) {
            int last = packets.size() - 1;
            return switch (this) {
                case FIRST -> Set.of(packets.get(0));
                case INNER -> Set.copyOf(packets.subList(1, last));
                case LAST -> Set.of(packets.get(last));
                case ALL -> Set.copyOf(packets);
            };
        }
    }

    /** Cameras hide no frames, so that the next temporal unit is known to be whole. */
    @ParameterizedTest
    @EnumSource
    void aLossOverUdpCostsOneTemporalUnitAndIsDeclared(Loss loss) throws Exception {
        Path encoded = encode("160x96", CAMERA_LIKE, 75);
        PublishedByFfmpeg sent = PublishedByFfmpeg.of(encoded, 150);
        int frame = 36;
        while (packetsOf(sent, frame).size() < 3) {
            frame++;
        }
        Set<Integer> lost = loss.of(packetsOf(sent, frame));
        record(FfmpegCamera.overUdp(sent, TICKS_PER_FRAME, lost), file, 74);

        assertThat(file.fragments())
                .extracting(
                        FragmentHeader::videoFrames,
                        FragmentHeader::gapBefore,
                        FragmentHeader::damaged)
                .containsExactly(
                        tuple(25, Optional.empty(), false),
                        tuple(frame - 25, Optional.empty(), true),
                        tuple(49 - frame, Optional.of(GapCause.PACKET_LOSS), true),
                        tuple(25, Optional.empty(), false));
        List<List<String>> whole = obus(encoded);
        whole.remove(frame);
        assertThat(obus(recording())).isEqualTo(whole);
        assertThat(gapTicks()).isEqualTo(TICKS_PER_FRAME);
    }

    /** From the end of what came before the loss to what came after it. */
    private long gapTicks() {
        List<FragmentHeader> fragments = file.fragments();
        return fragments.get(2).start().ticksSince(fragments.get(1).end());
    }

    private static List<Integer> packetsOf(PublishedByFfmpeg sent, int frame) {
        List<Integer> packets = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < sent.packets().size(); i++) {
            if (at == frame) {
                packets.add(i);
            }
            at += sent.packets().get(i)[1] < 0 ? 1 : 0;
        }
        return packets;
    }

    @Test
    void packetsThatChangePlacesOverUdpCostNothing() throws Exception {
        PublishedByFfmpeg sent = publish("160x96");
        CameraScript script = FfmpegCamera.overUdp(sent, TICKS_PER_FRAME, Set.of());
        List<CameraScript.Step> steps = script.steps();
        for (int i = 20; i + 1 < steps.size(); i += 7) {
            Collections.swap(steps, i, i + 1);
        }
        record(script, file, FRAMES);

        assertThat(file.frames()).isEqualTo(FRAMES);
        assertThat(file.fragments()).hasSize(2).noneMatch(FragmentHeader::damaged);
    }

    @Test
    void anotherSizeIsAnotherConfiguration() throws Exception {
        FrameLog log = new FrameLog(ScriptedClock.START);
        record(List.of(publish("160x96"), publish("128x64")), log);
        assertThat(log.lines("video|fragment|gap"))
                .containsExactly(
                        "video AV1 160x96",
                        "fragment 25",
                        "fragment 25",
                        "video AV1 128x64",
                        "fragment 25",
                        "fragment 25");
    }

    private PublishedByFfmpeg publish(String size) throws Exception {
        return PublishedByFfmpeg.of(encode(size, CAMERA_LIKE, FRAMES), 300);
    }

    private Path encode(String size, String encoder, int frames) {
        Path sent = directory.resolve("sent-%s.mp4".formatted(size));
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-f", "lavfi", "-i", "testsrc2=rate=25:size=" + size));
        arguments.addAll(List.of("-frames:v", Integer.toString(frames), "-pix_fmt", "yuv420p"));
        arguments.addAll(List.of(("-g 25 -c:v " + encoder).split(" ", -1)));
        arguments.add(sent.toString());
        FFmpegTools.ffmpeg(arguments.toArray(String[]::new));
        return sent;
    }

    private void record(List<PublishedByFfmpeg> sent, CameraListener listener) throws Exception {
        record(FfmpegCamera.overTcp(sent, TICKS_PER_FRAME), listener, FRAMES);
    }

    private void record(CameraScript script, CameraListener listener, int frames) throws Exception {
        try (ScriptedCamera camera = new ScriptedCamera(script, clock)) {
            CameraRecorder recorder = rig.record(script.settingsFor(camera.uri()), listener);
            camera.done().get(120, TimeUnit.SECONDS);
            await(recorder, frames);
            rig.stop();
        }
    }

    /** A datagram may be handled after what came later over TCP. */
    private static void await(CameraRecorder recorder, int frames) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (recorder.counters().frames() < frames) {
            assertThat(System.nanoTime()).as("the last frame arrives").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private Path recording() throws IOException {
        return Files.write(directory.resolve("recording.mp4"), file.bytes());
    }

    private static List<Boolean> keys(Path mp4) {
        return FFmpegTools.packets(mp4, "v").stream().map(ProbedPacket::key).toList();
    }

    private static String decoded(Path recording) {
        return FFmpegTools.ffprobe(
                        "-count_frames",
                        "-show_entries",
                        "stream=codec_name,width,height,nb_read_frames",
                        "-of",
                        "csv=p=0",
                        recording.toString())
                .output();
    }

    /** Of each picture the OBUs, header and payload, however their sizes are written. */
    private static List<List<String>> obus(Path mp4) throws IOException {
        byte[] bytes = Files.readAllBytes(mp4);
        List<List<String>> all = new ArrayList<>();
        for (ProbedPacket picture : FFmpegTools.packets(mp4, "v")) {
            ByteBuffer rest =
                    ByteBuffer.wrap(bytes, (int) picture.position(), picture.sizeBytes()).slice();
            List<String> obus = new ArrayList<>();
            while (rest.hasRemaining()) {
                int header = rest.get();
                int size = 0;
                int shift = 0;
                for (int next = 0x80; (next & 0x80) != 0; shift += 7) {
                    next = rest.get();
                    size |= (next & 0x7F) << shift;
                }
                byte[] payload = new byte[size];
                rest.get(payload);
                obus.add("%x %s".formatted(header, HexFormat.of().formatHex(payload)));
            }
            all.add(obus);
        }
        return all;
    }
}
