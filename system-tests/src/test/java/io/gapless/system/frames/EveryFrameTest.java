package io.gapless.system.frames;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.VideoCodec;
import io.gapless.simulator.content.VideoFormat;
import io.gapless.system.nvr.Eventually;
import io.gapless.system.site.CatalogueFile;
import io.gapless.system.site.RecordingSite;
import io.gapless.system.site.StoredVideo;
import io.gapless.system.site.StoredVideo.StoredFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every frame that a camera sent from the first recorded one to the last is in the archive once, in
 * order and at its time: read back from HDFS while it grows, and from exports after the end.
 */
class EveryFrameTest {
    private static final int FRAMES = Integer.getInteger("gapless.everyFrame.frames", 750);
    private static final Duration LIMIT = Duration.ofMinutes(5).plusMillis(FRAMES * 80L);
    private static final long TIME_TOLERANCE_MILLIS = 250;
    private static final int MOST_LEADING_PICTURES = 3;
    private static final VideoFormat H264 =
            VideoFormat.DEFAULT.withSize(320, 240).withBitsPerSecond(300_000);
    private static final VideoFormat H265 = H264.withCodec(VideoCodec.H265);

    private static final List<CameraSpec> CAMERAS =
            List.of(
                    CameraSpec.named("h264-tcp").withVideo(H264),
                    CameraSpec.named("h264-udp").withVideo(H264),
                    CameraSpec.named("h265-tcp").withVideo(H265),
                    CameraSpec.named("h265-udp").withVideo(H265),
                    CameraSpec.named("h264-b-tcp").withVideo(H264.withBFrames(2, false)),
                    CameraSpec.named("h264-open-udp").withVideo(H264.withBFrames(2, true)),
                    CameraSpec.named("h265-b-udp").withVideo(H265.withBFrames(2, false)),
                    CameraSpec.named("h265-open-tcp").withVideo(H265.withBFrames(3, true)),
                    CameraSpec.named("h264-aac-tcp").withVideo(H264).withAudio(AudioFormat.AAC),
                    CameraSpec.named("h265-pcma-udp").withVideo(H265).withAudio(AudioFormat.PCMA));

    @TempDir private Path directory;

    @Test
    void everyFrameSentStandsInTheArchiveOnce() throws Exception {
        SimulatedCameras.Builder builder = SimulatedCameras.builder();
        CAMERAS.forEach(builder::camera);
        try (SimulatedCameras cameras = builder.start();
                RecordingSite site = RecordingSite.start(directory, catalogue(cameras))) {
            Map<String, List<StoredFrame>> whileRecording = recorded(site);
            whileRecording.forEach(EveryFrameTest::assertEachOnceAndAtItsTime);
            for (String camera : cameras.names()) {
                assertExportHoldsAll(site, camera, whileRecording.get(camera));
            }
            site.stop();
            assertThat(site.verify()).satisfies(v -> assertThat(v.status()).as("%s", v).isZero());
        }
    }

    private Path catalogue(SimulatedCameras cameras) throws Exception {
        Map<String, String> transports = new HashMap<>();
        cameras.names().stream()
                .filter(name -> name.endsWith("udp"))
                .forEach(name -> transports.put(name, "udp"));
        return CatalogueFile.write(directory.resolve("cameras.yaml"), cameras, transports);
    }

    private static Map<String, List<StoredFrame>> recorded(RecordingSite site) throws Exception {
        Map<String, List<StoredFrame>> recorded = new HashMap<>();
        try (StoredVideo video = site.storedVideo()) {
            for (CameraSpec camera : CAMERAS) {
                Eventually.holds(
                        FRAMES + " frames of " + camera.name() + " are in the archive",
                        LIMIT,
                        () -> video.frames(camera.name()).size() >= FRAMES);
                recorded.put(camera.name(), video.frames(camera.name()));
            }
        }
        return recorded;
    }

    private static void assertEachOnceAndAtItsTime(String camera, List<StoredFrame> frames) {
        assertConsecutive(camera, frames.stream().map(StoredFrame::mark).toList());
        assertThat(frames)
                .as(camera)
                .allSatisfy(
                        frame -> {
                            Instant captured =
                                    Instant.EPOCH.plusNanos(frame.mark().captureMicros() * 1000);
                            assertThat(Duration.between(captured, frame.time()).abs().toMillis())
                                    .isLessThan(TIME_TOLERANCE_MILLIS);
                        });
    }

    private static void assertExportHoldsAll(
            RecordingSite site, String camera, List<StoredFrame> known) throws Exception {
        JsonNode timeline = site.timeline(camera);
        assertThat(timeline.path("spans")).as(camera + ": one span").hasSize(1);
        assertThat(timeline.path("gaps")).as(camera + ": no gap").isEmpty();
        Path file =
                site.export(camera, timeline.path("from").asText(), timeline.path("to").asText());
        VideoFile export = VideoFile.decoded(file);
        List<Mark> marks = export.frames().stream().map(VideoFile.Frame::mark).toList();
        assertConsecutive(camera, marks);
        assertThat(marks).as(camera).hasSize(timeline.path("frames").asInt());
        assertThat(marks).as(camera).containsAll(known.stream().map(StoredFrame::mark).toList());
        assertThat(export.decodeErrors()).as(camera + ": decodes").isZero();
        // Where an open GOP opens the export, its leading pictures refer to one before it.
        int leading = camera.contains("open") ? MOST_LEADING_PICTURES : 0;
        assertThat(export.pictures()).as(camera).isBetween(marks.size() - leading, marks.size());
        boolean hasAudio = camera.contains("aac") || camera.contains("pcma");
        assertThat(export.audioFrames() > 0).as(camera + ": audio").isEqualTo(hasAudio);
    }

    /** The counter counts in the order of sending, which is that of the file. */
    private static void assertConsecutive(String camera, List<Mark> marks) {
        long first = marks.get(0).counter();
        assertThat(marks).as(camera).allMatch(mark -> mark.camera().equals(camera));
        assertThat(marks.stream().mapToLong(Mark::counter).toArray())
                .as(camera)
                .isEqualTo(LongStream.range(first, first + marks.size()).toArray());
    }
}
