package io.gapless.media.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.AudioCodec;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.VideoCodec;
import io.gapless.media.testing.AudioClip;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.CountingByteSource;
import io.gapless.media.testing.FFmpegTools;
import io.gapless.media.testing.FragmentBuilder;
import io.gapless.media.testing.ProbedPacket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FFmpeg encodes, we box, FFmpeg reads back: every access unit, its times and its bytes. */
final class RecordingPlaysInFFmpegTest {
    private static final MediaTime START = new MediaTime(158_746_824_012_345L);

    /** G.711 has no header that could name the one channel. */
    private static final String GUESSED = "\\[.*] Guessed Channel Layout: mono\n";

    private final MediaMemory memory = new MediaMemory(64 << 20);

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"H264, 0", "H264, 3", "H265, 0", "H265, 3"})
    void everyPictureComesBackWithItsTimeAndBytes(VideoCodec codec, int bFrames)
            throws IOException {
        Clip clip = ClipEncoder.of(codec).bFrames(bFrames).encode();
        assertThat(reordered(clip)).isEqualTo(bFrames > 0);
        List<Fragment> fragments = fragments(clip, Optional.empty());
        RecordingFile recording = RecordingFile.of(fragments);
        recording.finish();

        Path file = Files.write(directory.resolve("recording.mp4"), recording.bytes());
        assertVideo(clip, file, recording.bytes());
        assertThat(FFmpegTools.decodingErrors(file)).isEmpty();
        assertThat(decodedFrames(file)).isEqualTo(clip.pictures().size());
        fragments.forEach(Fragment::release);
        assertThat(memory.usedBytes()).isZero();
    }

    @Test
    void aGrowingRecordingPlaysToo() throws IOException {
        Clip clip = ClipEncoder.of(VideoCodec.H264).encode();
        RecordingFile recording = RecordingFile.of(fragments(clip, Optional.empty()));

        Path file = Files.write(directory.resolve("recording.mp4.open"), recording.bytes());
        assertVideo(clip, file, recording.bytes());
    }

    @Test
    void openGroupsOfPicturesKeepTheirLeadingPictures() throws IOException {
        Clip clip =
                ClipEncoder.of(VideoCodec.H265)
                        .bFrames(3)
                        .options("-x265-params", "log-level=error:scenecut=0:open-gop=1:pools=1")
                        .encode();
        RecordingFile recording = RecordingFile.of(fragments(clip, Optional.empty()));

        Path file = Files.write(directory.resolve("recording.mp4"), recording.bytes());
        assertThat(FFmpegTools.packets(file, "v")).hasSameSizeAs(clip.pictures());
        assertThat(decodedFrames(file)).isEqualTo(clip.pictures().size());
    }

    @Test
    void aacStandsBesideTheVideo() throws IOException {
        assertAudio(AudioClip.aac(2), "aac");
    }

    @ParameterizedTest
    @CsvSource({"PCMA, pcm_alaw", "PCMU, pcm_mulaw"})
    void g711StandsBesideTheVideo(AudioCodec codec, String name) throws IOException {
        assertAudio(AudioClip.g711(codec, 2), name);
    }

    /** A recording begins with the hour; sound that came late for the one before is in it. */
    @Test
    void soundDueBeforeTheRecordingHasNoNegativeTimesAndDelaysNoneOfTheRest() throws IOException {
        Clip clip = ClipEncoder.of(VideoCodec.H264).encode();
        AudioClip audio = AudioClip.aac(2);
        List<Fragment> fragments = fragments(clip, Optional.of(audio));
        Fragment first = fragments.get(0);
        Fragment.SideTrack sound = first.audio().orElseThrow();
        long early = 5400; // 2880 samples, between the third and the fourth access unit
        Fragment late =
                new Fragment(
                        first.header(),
                        first.configuration(),
                        first.video(),
                        first.videoData(),
                        Optional.of(
                                new Fragment.SideTrack(
                                        sound.start().plusTicks(-early),
                                        sound.samples(),
                                        sound.data())));
        byte[] bytes = RecordingFile.of(List.of(late, fragments.get(1))).bytes();
        Path file = Files.write(directory.resolve("recording.mp4"), bytes);

        List<ProbedPacket> packets = FFmpegTools.packets(file, "a");
        assertThat(packets.stream().limit(4).map(ProbedPacket::pts))
                .containsExactly(0L, 1L, 2L, 192L);
        for (int i = 3; i < late.header().audioFrames(); i++) {
            assertThat(packets.get(i).pts()).isEqualTo(i * 1024L - 2880);
            assertThat(data(bytes, packets.get(i))).isEqualTo(audio.frames().get(i));
        }
        assertThat(FFmpegTools.packets(file, "v").get(0).pts()).isZero();
        assertThat(FFmpegTools.decodingErrors(file)).isEmpty();
    }

    private void assertAudio(AudioClip audio, String codecName) throws IOException {
        Clip clip = ClipEncoder.of(VideoCodec.H264).encode();
        RecordingFile recording = RecordingFile.of(fragments(clip, Optional.of(audio)));
        recording.finish();
        byte[] bytes = recording.bytes();
        Path file = Files.write(directory.resolve("recording.mp4"), bytes);

        assertVideo(clip, file, bytes);
        List<ProbedPacket> packets = FFmpegTools.packets(file, "a");
        long inVideo =
                audio.frames().stream()
                        .limit(2L * audio.configuration().sampleRateHz() / audio.frameSamples())
                        .count();
        assertThat(packets.size()).isGreaterThanOrEqualTo((int) inVideo);
        for (int i = 0; i < packets.size(); i++) {
            assertThat(packets.get(i).pts()).isEqualTo((long) i * audio.frameSamples());
            assertThat(data(bytes, packets.get(i))).isEqualTo(audio.frames().get(i));
        }
        assertThat(FFmpegTools.decodingErrors(file).replaceAll(GUESSED, "")).isEmpty();
        assertThat(codecNames(file)).contains(codecName);
        assertThat(Recording.read(new CountingByteSource(bytes)).configurations())
                .singleElement()
                .satisfies(c -> assertThat(c.audio()).contains(audio.configuration()));
    }

    private void assertVideo(Clip clip, Path file, byte[] bytes) {
        List<ProbedPacket> packets = FFmpegTools.packets(file, "v");
        assertThat(packets).hasSameSizeAs(clip.pictures());
        long[] times =
                clip.pictures().stream()
                        .mapToLong(Clip.Picture::presentation90k)
                        .sorted()
                        .toArray();
        long shift = shiftInFFmpeg(clip, times);
        for (int i = 0; i < packets.size(); i++) {
            Clip.Picture picture = clip.pictures().get(i);
            assertThat(packets.get(i).pts()).isEqualTo(picture.presentation90k() + shift);
            assertThat(packets.get(i).dts()).isEqualTo(times[i]);
            assertThat(packets.get(i).key()).isEqualTo(picture.key());
            assertThat(data(bytes, packets.get(i))).isEqualTo(picture.data());
        }
    }

    /**
     * FFmpeg's demuxer presents the whole track later by the largest negative composition offset of
     * a fragmented file (dts_shift in its mov.c), where ISO 14496-12, 8.6.1.3 has it presented at
     * decoding time plus offset.
     */
    private static long shiftInFFmpeg(Clip clip, long[] sortedTimes) {
        long shift = 0;
        for (int i = 0; i < sortedTimes.length; i++) {
            shift = Math.max(shift, sortedTimes[i] - clip.pictures().get(i).presentation90k());
        }
        return shift;
    }

    private List<Fragment> fragments(Clip clip, Optional<AudioClip> audio) {
        return new FragmentBuilder(new CameraId("yard"), RunId.random(), memory, clip, audio)
                .build(START);
    }

    private static boolean reordered(Clip clip) {
        long[] times = clip.pictures().stream().mapToLong(Clip.Picture::presentation90k).toArray();
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return !Arrays.equals(times, sorted);
    }

    private static byte[] data(byte[] file, ProbedPacket packet) {
        int from = (int) packet.position();
        return Arrays.copyOfRange(file, from, from + packet.sizeBytes());
    }

    private static String codecNames(Path file) {
        return FFmpegTools.ffprobe(
                        "-show_entries", "stream=codec_name", "-of", "csv=p=0", file.toString())
                .output();
    }

    private static int decodedFrames(Path file) {
        String output =
                FFmpegTools.ffprobe(
                                "-count_frames",
                                "-select_streams",
                                "v",
                                "-show_entries",
                                "stream=nb_read_frames",
                                "-of",
                                "csv=p=0",
                                file.toString())
                        .output();
        return Integer.parseInt(output.strip());
    }
}
