package io.gapless.media.stitch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.VideoCodec;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.fmp4.InitializationSegment;
import io.gapless.media.testing.AudioClip;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.FFmpegTools;
import io.gapless.media.testing.FragmentBuilder;
import io.gapless.media.testing.ProbedPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is re-timed is still played as it was, only faster or slower: FFmpeg judges. */
final class RetimedRecordingTest {
    private static final MediaTime START = new MediaTime(158_746_824_012_345L);

    private final MediaMemory memory = new MediaMemory(64 << 20);

    @TempDir Path directory;

    @Test
    void pictureTimesScaleAndSoundMovesAlongWhereThereAreBFrames() throws IOException {
        Clip clip = ClipEncoder.of(VideoCodec.H264).bFrames(3).encode();
        List<Fragment> run =
                new FragmentBuilder(
                                new CameraId("yard"),
                                RunId.random(),
                                memory,
                                clip,
                                Optional.of(AudioClip.aac(2)))
                        .build(START);
        Fragment original = run.get(0);
        long was = original.header().durationTicks90k();
        long is = was - was / 20 - 7;
        List<ProbedPacket> before = FFmpegTools.packets(write("before.mp4", original), "v");

        MediaTime later = START.plusTicks(123_456);
        FragmentHeader placed =
                original.header().placed(later, is, Optional.empty(), Origin.REPLICA, false);
        Fragment moved = Retiming.apply(original, placed);
        Path file = write("after.mp4", moved);

        List<ProbedPacket> after = FFmpegTools.packets(file, "v");
        assertThat(after).hasSameSizeAs(before);
        long shiftBefore = before.stream().mapToLong(ProbedPacket::pts).min().orElseThrow();
        long shiftAfter = after.stream().mapToLong(ProbedPacket::pts).min().orElseThrow();
        for (int i = 0; i < after.size(); i++) {
            double expected = (double) (before.get(i).pts() - shiftBefore) * is / was;
            assertThat((double) (after.get(i).pts() - shiftAfter))
                    .isBetween(expected - 1, expected + 1);
        }
        assertThat(after.stream().mapToLong(ProbedPacket::duration).sum()).isEqualTo(is);
        assertThat(moved.audio().orElseThrow().start()).isEqualTo(later);
        assertThat(FFmpegTools.packets(file, "a")).hasSize(moved.header().audioFrames());
        assertThat(FFmpegTools.decodingErrors(file)).isEmpty();
        run.stream().skip(1).forEach(Fragment::release);
        moved.release();
        assertThat(memory.usedBytes()).isZero();
    }

    private Path write(String name, Fragment fragment) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(InitializationSegment.encode(List.of(fragment.configuration())));
        write(out, FragmentEncoder.header(fragment, fragment.header().start(), 1));
        fragment.videoData().views().forEach(view -> write(out, view));
        fragment.audio().ifPresent(a -> a.data().views().forEach(view -> write(out, view)));
        return Files.write(directory.resolve(name), out.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        out.writeBytes(copy);
    }
}
