package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.fmp4.FragmentContents;
import io.gapless.media.fmp4.Recording;
import io.gapless.media.fmp4.StoredFragment;
import io.gapless.media.fmp4.StoredFragmentReader;
import io.gapless.media.testing.CountingByteSource;
import io.gapless.media.testing.FFmpegTools;
import io.gapless.media.testing.ProbedPacket;
import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.VideoFormat;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** A camera that tells what it sees, recorded by us, judged by FFmpeg and an XML parser. */
class MetadataCameraTest {
    private static final CameraSpec CAMERA =
            CameraSpec.named("cam")
                    .withVideo(
                            VideoFormat.DEFAULT
                                    .withSize(320, 240)
                                    .withFramesPerSecond(25)
                                    .withGopFrames(10))
                    .withMetadata(true);
    private static final int DOCUMENTS = 12;

    /** A fifth of a second. */
    private static final long TICKS = 18_000;

    private final RecorderRig rig = new RecorderRig();
    private final RecordedFile file = new RecordedFile();

    @TempDir Path directory;

    @AfterEach
    void nothingIsLeftOver() {
        rig.close();
        assertThat(rig.memory.usedBytes()).isZero();
    }

    @Test
    void metadataStandsBesideVideoAndSound() throws Exception {
        assertKept(CAMERA.withAudio(AudioFormat.PCMA), "video,avc1\naudio,alaw\ndata,metx\n");
    }

    @Test
    void metadataStandsBesideVideoAlone() throws Exception {
        assertKept(CAMERA, "video,avc1\ndata,metx\n");
    }

    private void assertKept(CameraSpec spec, String streams) throws Exception {
        long dropped;
        try (SimulatedCameras cameras = SimulatedCameras.builder().camera(spec).start()) {
            rig.record(settings(cameras.uri("cam")).withMetadata(true), file);
            file.await(f -> documents(f) >= DOCUMENTS);
            rig.stop();
            dropped = cameras.droppedFrames("cam");
        }
        Path recording = Files.write(directory.resolve("recording.mp4"), file.bytes());
        assertThat(streams(recording)).isEqualTo(streams);
        assertThat(FFmpegTools.packets(recording, "v")).hasSize(file.frames());
        List<ProbedPacket> packets = FFmpegTools.packets(recording, "d");
        assertThat(packets).hasSize(documents(file));
        assertThat(times()).isEqualTo(packets.stream().map(ProbedPacket::pts).toList());
        assertThat(missing(packets)).isLessThanOrEqualTo(dropped);
    }

    /** Of the documents that the camera made. Each stands where it belongs. */
    private long missing(List<ProbedPacket> packets) throws Exception {
        List<Long> numbers = numbers(packets);
        long missing = 0;
        for (int i = 1; i < packets.size(); i++) {
            long step = numbers.get(i) - numbers.get(i - 1);
            assertThat(packets.get(i).pts() - packets.get(i - 1).pts())
                    .isBetween(step * TICKS - TICKS / 2, step * TICKS + TICKS / 2);
            missing += step - 1;
        }
        return missing;
    }

    @Test
    void metadataIsLeftOutUnlessItIsToBeKept() throws Exception {
        try (CapturedLog log = new CapturedLog();
                SimulatedCameras cameras = SimulatedCameras.builder().camera(CAMERA).start()) {
            CameraRecorder recorder = rig.record(settings(cameras.uri("cam")), file);
            file.awaitFrames(20);
            rig.stop();
            assertThat(recorder.counters().skippedMetadata()).hasValue("VND.ONVIF.METADATA");
            assertThat(log.lines())
                    .containsOnlyOnce(
                            "INFO camera cam offers metadata (VND.ONVIF.METADATA), which is not"
                                    + " recorded: 'metadata: keep' would have it recorded");
        }
        assertThat(documents(file)).isZero();
    }

    /** So patient that a busy machine does not end the session. */
    private static CameraSettings settings(URI uri) {
        return new CameraSettings(
                new CameraId("cam"),
                uri,
                Optional.empty(),
                Transport.TCP,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                true);
    }

    private static int documents(RecordedFile file) {
        return file.fragments().stream().mapToInt(FragmentHeader::metadataFrames).sum();
    }

    private static String streams(Path recording) {
        return FFmpegTools.ffprobe(
                        "-show_entries",
                        "stream=codec_type,codec_tag_string",
                        "-of",
                        "csv=p=0",
                        recording.toString())
                .output();
    }

    /** Of the documents, which are well formed. */
    private List<Long> numbers(List<ProbedPacket> packets) throws Exception {
        List<Long> numbers = new ArrayList<>();
        for (ProbedPacket packet : packets) {
            int from = (int) packet.position();
            byte[] document = Arrays.copyOfRange(file.bytes(), from, from + packet.sizeBytes());
            Element root =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(document))
                            .getDocumentElement();
            assertThat(root.getTagName()).isEqualTo("tt:MetadataStream");
            Element object = (Element) root.getElementsByTagName("tt:Object").item(0);
            numbers.add(Long.valueOf(object.getAttribute("ObjectId")));
        }
        return numbers;
    }

    /** As our own reader tells them, since the recording's start. */
    private List<Long> times() throws Exception {
        CountingByteSource source = new CountingByteSource(file.bytes());
        List<Long> times = new ArrayList<>();
        for (StoredFragment stored : Recording.read(source).fragments()) {
            StoredFragmentReader.read(source, stored).metadata().ifPresent(m -> add(m, times));
        }
        return times;
    }

    private void add(FragmentContents.SideTrack metadata, List<Long> times) {
        long time = metadata.start().ticksSince(file.fragments().get(0).start());
        for (int duration : metadata.samples().durations()) {
            times.add(time);
            time += duration;
        }
    }
}
