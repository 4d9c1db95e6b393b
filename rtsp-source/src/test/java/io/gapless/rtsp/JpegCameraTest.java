package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.FragmentHeader;
import io.gapless.media.FragmentLimits;
import io.gapless.media.testing.FFmpegTools;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.VideoCodec;
import io.gapless.simulator.content.VideoFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cameras that send JPEG, recorded by us, judged by FFmpeg, which receives them too. */
class JpegCameraTest {
    private static final VideoFormat JPEG =
            VideoFormat.DEFAULT.withCodec(VideoCodec.JPEG).withSize(320, 240);

    private final UnhurriedClock clock = new UnhurriedClock();
    private final RecorderRig rig = new RecorderRig(FragmentLimits.DEFAULT, clock, clock);
    private final RecordedFile file = new RecordedFile();

    @TempDir Path directory;

    @AfterEach
    void nothingIsLeftOver() {
        rig.close();
        assertThat(rig.memory.usedBytes()).isZero();
    }

    /** A clip of 60 pictures goes round and round; both see each of them. */
    @Test
    void whatIsRecordedLooksAsFFmpegSeesTheCamera() throws Exception {
        CameraSpec spec =
                CameraSpec.named("cam")
                        .withVideo(JPEG.withFramesPerSecond(15).withGopFrames(15))
                        .withAudio(AudioFormat.G726_32);
        Path seen = directory.resolve("seen");
        try (SimulatedCameras cameras = clock.camera(spec)) {
            rig.record(RecorderRig.patient(cameras.uri("cam"), Transport.TCP), file);
            FFmpegTools.ffmpeg(
                    "-rtsp_transport",
                    "tcp",
                    "-i",
                    cameras.uri("cam").toString(),
                    "-map",
                    "0:v",
                    "-frames:v",
                    "75",
                    "-fps_mode",
                    "passthrough",
                    "-f",
                    "framemd5",
                    seen.toString());
            // Every picture once more for each that a busy machine did not send.
            file.await(f -> f.frames() >= 60 * (1 + cameras.droppedFrames("cam")));
            rig.stop();
        }
        Path recording = Files.write(directory.resolve("recording.mp4"), file.bytes());
        Set<String> seenByFFmpeg = digests(seen);
        assertThat(seenByFFmpeg).hasSizeGreaterThan(40);
        assertThat(pictures(recording)).hasSize(60).containsAll(seenByFFmpeg);
        assertThat(FFmpegTools.packets(recording, "v")).hasSize(file.frames());
        assertThat(FFmpegTools.packets(recording, "a")).isNotEmpty();
        assertThat(FFmpegTools.decodingErrors(recording))
                .matches("(\\[.*] Guessed Channel Layout: mono\n)?");
        assertThat(file.fragments()).noneMatch(FragmentHeader::damaged);
        assertThat(file.fragments().size()).isLessThan(file.frames() / 3);
    }

    /** Of which RTP's JPEG header cannot tell the size (ONVIF). */
    @Test
    void largePicturesKeepTheirSize() throws Exception {
        CameraSpec spec =
                CameraSpec.named("cam")
                        .withVideo(
                                JPEG.withSize(2048, 64).withFramesPerSecond(10).withGopFrames(10));
        try (SimulatedCameras cameras = clock.camera(spec)) {
            rig.record(RecorderRig.patient(cameras.uri("cam"), Transport.TCP), file);
            file.awaitFrames(2);
            rig.stop();
        }
        Path recording = Files.write(directory.resolve("recording.mp4"), file.bytes());
        assertThat(
                        FFmpegTools.ffprobe(
                                        "-show_entries",
                                        "stream=codec_name,width,height",
                                        "-of",
                                        "csv=p=0",
                                        recording.toString())
                                .output())
                .isEqualTo("mjpeg,2048,64\n");
        assertThat(FFmpegTools.decodingErrors(recording)).isEmpty();
        assertThat(pictures(recording)).hasSizeGreaterThan(1);
    }

    private static Set<String> pictures(Path recording) {
        return new TreeSet<>(FFmpegTools.pictures(recording));
    }

    private static Set<String> digests(Path frameDigests) throws IOException {
        Set<String> digests = new TreeSet<>();
        for (String line : Files.readAllLines(frameDigests)) {
            if (!line.startsWith("#")) {
                digests.add(line.substring(line.lastIndexOf(',') + 1).strip());
            }
        }
        return digests;
    }
}
