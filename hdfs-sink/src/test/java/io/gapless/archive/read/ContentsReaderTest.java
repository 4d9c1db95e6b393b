package io.gapless.archive.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.archive.Archive;
import io.gapless.archive.read.HandMadeArchive.Ending;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.VideoCodec;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.FragmentBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which recordings are read for a range. */
class ContentsReaderTest {
    private static final CameraId CAMERA = new CameraId("door");
    private static Clip clip;

    @TempDir Path root;
    private Archive archive;
    private HandMadeArchive files;

    @BeforeAll
    static void encode() {
        clip = ClipEncoder.of(VideoCodec.H264).size(64, 48).frames(50).encode();
    }

    @BeforeEach
    void open() throws IOException {
        archive = Archive.open(root.toUri(), new Configuration());
        files = new HandMadeArchive(archive);
    }

    @AfterEach
    void close() throws IOException {
        archive.close();
    }

    @Test
    void aRecordingOfTheDayBeforeIsReadIfItReachesPastMidnight() throws IOException {
        add("2026-11-21T23:59:59Z");
        add("2026-11-22T00:00:01Z");
        assertThat(starts("2026-11-22T00:00:00.500Z", "2026-11-22T00:00:02Z"))
                .containsExactly("2026-11-21T23:59:59Z", "2026-11-22T00:00:01Z");
    }

    @Test
    void whatLiesHoursAwayIsNotRead() throws IOException {
        add("2026-11-22T06:00:00Z");
        add("2026-11-22T10:00:00Z");
        add("2026-11-22T15:00:00Z");
        assertThat(starts("2026-11-22T10:00:01Z", "2026-11-22T10:00:02Z"))
                .containsExactly("2026-11-22T10:00:00Z");
    }

    @Test
    void atTheEdgesOfARangeTheNearestNeighboursAreRead() throws IOException {
        add("2026-11-10T06:00:00Z");
        add("2026-11-12T06:10:00Z");
        add("2026-11-12T06:50:00Z");
        add("2026-11-22T10:00:00Z");
        add("2026-11-25T10:00:00Z");
        add("2026-11-26T10:00:00Z");
        assertThat(starts("2026-11-22T09:00:00Z", "2026-11-22T11:00:00Z"))
                .containsExactlyInAnyOrder(
                        "2026-11-12T06:10:00Z",
                        "2026-11-12T06:50:00Z",
                        "2026-11-22T10:00:00Z",
                        "2026-11-25T10:00:00Z");
    }

    @Test
    void aNeighbourWithoutAFrameIsPassedOver() throws IOException {
        add("2026-11-10T06:00:00Z");
        List<Fragment> torn = run("2026-11-12T06:00:00Z");
        files.write(Ending.OPEN, torn, new byte[0]);
        add("2026-11-22T10:00:00Z");
        assertThat(starts("2026-11-22T09:00:00Z", "2026-11-22T10:00:01Z"))
                .containsExactlyInAnyOrder("2026-11-10T06:00:00Z", "2026-11-22T10:00:00Z");
    }

    @Test
    void withoutARangeEverythingIsRead() throws IOException {
        add("2026-11-10T06:00:00Z");
        add("2026-11-22T10:00:00Z");
        CameraContents contents =
                ContentsReader.read(archive, CAMERA, Optional.empty(), Optional.empty());
        assertThat(contents.recordings()).hasSize(2);
        assertThat(contents.start()).contains(MediaTime.of(Instant.parse("2026-11-10T06:00:00Z")));
        assertThat(contents.end()).contains(MediaTime.of(Instant.parse("2026-11-22T10:00:02Z")));
    }

    @Test
    void strangersInTheArchiveAreLeftAlone() throws IOException {
        add("2026-11-22T10:00:00Z");
        Path day = root.resolve("recordings/2026-11-22");
        Files.writeString(day.resolve("door/100000.000Z-.mp4"), "no epoch");
        Files.writeString(day.resolve("door/notes.txt"), "mine");
        Files.createDirectories(root.resolve("recordings/lost+found"));
        Files.createDirectories(day.resolve(".hidden"));
        assertThat(new ArchiveReader(archive).cameras()).containsExactly(CAMERA);
        assertThat(starts("2026-11-22T10:00:00Z", "2026-11-22T10:00:01Z")).hasSize(1);
    }

    @Test
    void anUnknownCameraIsToldSo() {
        assertThatThrownBy(
                        () ->
                                new ArchiveReader(archive)
                                        .timeline(
                                                new CameraId("nobody"),
                                                Optional.empty(),
                                                Optional.empty()))
                .isInstanceOf(NothingRecordedException.class)
                .hasMessage("archive %s holds nothing of camera nobody", archive);
    }

    private void add(String start) throws IOException {
        files.add(Ending.INDEXED, run(start));
    }

    private static List<Fragment> run(String start) {
        return new FragmentBuilder(
                        CAMERA, RunId.random(), new MediaMemory(4 << 20), clip, Optional.empty())
                .build(MediaTime.of(Instant.parse(start)));
    }

    private List<String> starts(String from, String to) throws IOException {
        return ContentsReader.read(
                        archive,
                        CAMERA,
                        Optional.of(Instant.parse(from)),
                        Optional.of(Instant.parse(to)))
                .recordings()
                .stream()
                .filter(recording -> !recording.content().fragments().isEmpty())
                .map(recording -> recording.entry().name().start().toString())
                .toList();
    }
}
