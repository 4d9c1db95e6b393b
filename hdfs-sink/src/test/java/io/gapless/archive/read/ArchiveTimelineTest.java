package io.gapless.archive.read;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.FragmentBuilder;
import io.gapless.media.timeline.Gap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTimelineTest {
    private static final CameraId CAMERA = new CameraId("gate");
    private static final MediaTime START = MediaTime.of(Instant.parse("2026-11-22T10:00:00Z"));
    private static Clip video;

    @TempDir Path root;
    private Archive archive;
    private HandMadeArchive files;
    private List<Fragment> fragments;

    @BeforeAll
    static void encode() {
        video =
                Marks.mark(
                        ClipEncoder.of(VideoCodec.H264)
                                .size(64, 48)
                                .frames(150)
                                .bFrames(2)
                                .encode(),
                        0);
    }

    @BeforeEach
    void open() throws IOException {
        archive = Archive.open(root.toUri(), new Configuration());
        files = new HandMadeArchive(archive);
        fragments =
                new FragmentBuilder(
                                CAMERA,
                                RunId.random(),
                                new MediaMemory(16 << 20),
                                video,
                                Optional.empty())
                        .build(START);
    }

    @AfterEach
    void close() throws IOException {
        archive.close();
    }

    @Test
    void aMissingFragmentThatNothingDeclaresIsAProblem() throws IOException {
        List<Fragment> holed = new ArrayList<>(fragments);
        holed.remove(3);
        files.add(Ending.INDEXED, holed);

        CameraVerification result = verify();

        assertThat(result.whole()).isFalse();
        assertThat(result.gaps()).extracting(Gap::cause).containsExactly(GapCause.UNKNOWN);
        assertThat(result.problems())
                .singleElement()
                .satisfies(
                        problem ->
                                assertThat(problem.offset())
                                        .isEqualTo(sizeWithout(fragments.subList(0, 3))))
                .extracting(Problem::what)
                .isEqualTo(
                        "from 2026-11-22T10:00:03Z to 2026-11-22T10:00:04Z frames are missing and"
                                + " nothing says why");
    }

    @Test
    void aDeclaredGapIsNoProblem() throws IOException {
        List<Fragment> holed = new ArrayList<>(fragments);
        holed.remove(3);
        Fragment after = holed.get(3);
        holed.set(
                3,
                after.withHeader(
                        after.header().withGapBefore(Optional.of(GapCause.STORAGE_STALLED))));
        Interruption end =
                new Interruption(
                        CAMERA, START.plusTicks(540_000), GapCause.CAMERA_SILENT, "silent");
        files.add(Ending.INDEXED, holed, end);
        CameraVerification result = verify();
        assertThat(result.problems()).isEmpty();
        assertThat(result.gaps())
                .extracting(Gap::cause)
                .containsExactly(GapCause.STORAGE_STALLED, GapCause.CAMERA_SILENT);
    }

    @Test
    void fragmentsOfTwoWritersCountOnce() throws IOException {
        files.add(Ending.INDEXED, fragments.subList(0, 4));
        files.add(Ending.OPEN, fragments.subList(2, 6));
        CameraVerification result = verify();
        assertThat(result.problems()).isEmpty();
        assertThat(result.fragments()).isEqualTo(8);
        assertThat(reader().timeline(CAMERA, Optional.empty(), Optional.empty()).frames())
                .isEqualTo(150);
    }

    private CameraVerification verify() throws IOException {
        return reader().verify(
                        List.of(CAMERA), Optional.empty(), Optional.empty(), ReadProgress.NONE)
                .cameras()
                .get(0);
    }

    private ArchiveReader reader() {
        return new ArchiveReader(
                archive, InstantSource.fixed(Instant.parse("2026-11-22T10:01:00Z")));
    }

    private int sizeWithout(List<Fragment> some) {
        return HandMadeArchive.bytes(Ending.UNINDEXED, some).length;
    }
}
