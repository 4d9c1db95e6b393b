package io.gapless.archive.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.read.HandMadeArchive.Ending;
import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.timeline.Gap;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArchiveTimelineTest extends OneCameraArchive {
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
