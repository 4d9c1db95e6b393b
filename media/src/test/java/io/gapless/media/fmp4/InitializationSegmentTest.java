package io.gapless.media.fmp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gapless.media.AudioCodec;
import io.gapless.media.AudioConfiguration;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoCodec;
import io.gapless.media.VideoConfiguration;
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

final class InitializationSegmentTest {
    @TempDir Path directory;

    @Test
    void comesBackForEveryCodec() {
        Clip h265 = ClipEncoder.of(VideoCodec.H265).frames(1).encode();
        VideoConfiguration jpeg = new VideoConfiguration(VideoCodec.JPEG, 2592, 1944, new byte[0]);
        Clip av1 = ClipEncoder.of(VideoCodec.AV1).frames(1).encode();
        byte[] lcStereo = {0x12, 0x10};
        List<Optional<AudioConfiguration>> audios =
                List.of(
                        Optional.empty(),
                        Optional.of(new AudioConfiguration(AudioCodec.AAC, 44_100, 2, lcStereo)),
                        Optional.of(new AudioConfiguration(AudioCodec.AAC, 96_000, 2, lcStereo)),
                        Optional.of(new AudioConfiguration(AudioCodec.PCMU, 8000, 1, new byte[0])),
                        Optional.of(
                                new AudioConfiguration(AudioCodec.OPUS, 48_000, 2, new byte[0])));
        for (Optional<AudioConfiguration> audio : audios) {
            assertComesBack(new StreamConfiguration(Samples.configuration().video(), audio));
            assertComesBack(new StreamConfiguration(FragmentBuilder.configuration(h265), audio));
            assertComesBack(new StreamConfiguration(FragmentBuilder.configuration(av1), audio));
            assertComesBack(new StreamConfiguration(jpeg, audio));
            assertComesBack(new StreamConfiguration(jpeg, audio, true));
        }
    }

    private static void assertComesBack(StreamConfiguration configuration) {
        byte[] segment = InitializationSegment.encode(List.of(configuration));
        assertThat(InitializationSegment.decode(ByteBuffer.wrap(segment)))
                .containsExactly(configuration);
    }

    @Test
    void anythingElseIsRefused() {
        byte[] segment = InitializationSegment.encode(List.of(Samples.configuration()));
        for (int cut = 0; cut < segment.length; cut++) {
            ByteBuffer torn = ByteBuffer.wrap(segment, 0, cut);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> InitializationSegment.decode(torn));
        }
    }

    @Test
    void anExportAcrossAChangeOfSizeHasOneTrack() throws IOException {
        Clip small = ClipEncoder.of(VideoCodec.H264).size(320, 180).encode();
        Clip large = ClipEncoder.of(VideoCodec.H264).size(640, 360).encode();
        Path file = export(List.of(small, large));

        List<ProbedPacket> packets = FFmpegTools.packets(file, "v");
        assertThat(packets).hasSize(100).allMatch(p -> p.stream() == 0);
        assertThat(packets.get(50).pts()).isEqualTo(180_000);
        assertThat(InitializationSegment.decode(ByteBuffer.wrap(Files.readAllBytes(file))))
                .extracting(StreamConfiguration::video)
                .containsExactly(
                        FragmentBuilder.configuration(small), FragmentBuilder.configuration(large));
    }

    @Test
    void anExportAcrossAChangeOfCodecHasATrackForEach() throws IOException {
        Clip first = ClipEncoder.of(VideoCodec.H264).encode();
        Clip second = ClipEncoder.of(VideoCodec.H265).encode();
        Path file = export(List.of(first, second));

        List<ProbedPacket> packets = FFmpegTools.packets(file, "v");
        assertThat(packets.stream().filter(p -> p.stream() == 0)).hasSize(50);
        assertThat(packets.stream().filter(p -> p.stream() == 1)).hasSize(50);
        assertThat(packets.get(50).pts()).isEqualTo(180_000);
        assertThat(FFmpegTools.decodingErrors(file)).isEmpty();
        assertThat(sizes(file, 0)).hasSize(50).containsOnly(size(first));
        assertThat(sizes(file, 1)).hasSize(50).containsOnly(size(second));
    }

    private static String size(Clip clip) {
        return clip.width() + "," + clip.height();
    }

    /** One clip of 2 s behind the other. */
    private Path export(List<Clip> clips) throws IOException {
        MediaMemory memory = new MediaMemory(64 << 20);
        List<StreamConfiguration> configurations =
                clips.stream()
                        .map(
                                c ->
                                        new StreamConfiguration(
                                                FragmentBuilder.configuration(c), Optional.empty()))
                        .toList();
        List<Tracks> tracks = Tracks.of(configurations);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(InitializationSegment.encode(configurations));
        for (int i = 0; i < clips.size(); i++) {
            MediaTime start = Samples.START.plusTicks(2L * i * Samples.SECOND);
            List<Fragment> fragments =
                    new FragmentBuilder(
                                    Samples.YARD,
                                    RunId.random(),
                                    memory,
                                    clips.get(i),
                                    Optional.empty())
                            .build(start);
            for (Fragment fragment : fragments) {
                ByteBuffer header =
                        FragmentEncoder.header(
                                fragment.header(),
                                fragment.video(),
                                Optional.empty(),
                                Optional.empty(),
                                tracks.get(i),
                                Samples.START,
                                1);
                write(out, header);
                fragment.videoData().views().forEach(v -> write(out, v));
                fragment.release();
            }
        }
        return Files.write(directory.resolve("export.mp4"), out.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, ByteBuffer view) {
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        out.writeBytes(bytes);
    }

    private static List<String> sizes(Path file, int stream) {
        return FFmpegTools.ffprobe(
                        "-select_streams",
                        "v:" + stream,
                        "-show_entries",
                        "frame=width,height",
                        "-of",
                        "csv=p=0",
                        file.toString())
                .output()
                .lines()
                .filter(l -> !l.isBlank())
                .map(l -> l.replaceAll(",+$", ""))
                .toList();
    }
}
