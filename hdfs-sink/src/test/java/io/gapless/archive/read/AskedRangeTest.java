package io.gapless.archive.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.ArchiveEntry;
import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.media.CameraId;
import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.TimeRange;
import io.gapless.media.fmp4.Recording;
import io.gapless.media.fmp4.StoredFragment;
import io.gapless.media.layout.RecordingName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A camera recorded from 10:00:00 to 10:00:10, asked about at various times. */
class AskedRangeTest {
    private static final CameraId CAMERA = new CameraId("hall");
    private static final MediaTime START = time("10:00:00");
    private static final MediaTime END = time("10:00:10");

    @Test
    void withoutARangeItIsFromTheFirstFrameToTheLast() {
        assertThat(range(recorded(), "", "", "18:00:00")).isEqualTo(new TimeRange(START, END));
    }

    @Test
    void aNotedStopLastsUntilNow() {
        CameraContents stopped =
                recorded(new Interruption(CAMERA, END, GapCause.CAMERA_SILENT, ""));
        assertThat(range(stopped, "", "", "18:00:00").to()).isEqualTo(time("18:00:00"));
        assertThat(range(stopped, "", "10:00:12", "10:00:12").to()).isEqualTo(time("10:00:12"));
    }

    @Test
    void aStopBeforeTheLastFragmentIsOver() {
        Interruption earlier = new Interruption(CAMERA, START, GapCause.CAMERA_SILENT, "");
        assertThat(range(recorded(earlier), "", "", "18:00:00").to()).isEqualTo(END);
    }

    @Test
    void aCameraBeingRecordedIsWholeUpToItsLastFrame() {
        assertThat(range(recorded(), "", "10:00:25", "10:00:25").to()).isEqualTo(END);
        assertThat(range(recorded(), "", "10:00:26", "10:00:26").to()).isEqualTo(time("10:00:26"));
        assertThat(range(recorded(), "", "10:00:05", "10:00:12").to()).isEqualTo(time("10:00:05"));
    }

    @Test
    void theFutureIsCutOff() {
        assertThat(range(recorded(), "", "23:00:00", "18:00:00").to()).isEqualTo(time("18:00:00"));
        assertThat(range(recorded(), "19:00:00", "23:00:00", "18:00:00"))
                .isEqualTo(new TimeRange(time("19:00:00"), time("19:00:00")));
    }

    @Test
    void framesOfACameraWhoseClockIsAheadCount() {
        assertThat(range(recorded(), "", "10:00:10", "10:00:08").to()).isEqualTo(END);
    }

    @Test
    void aCameraNeverReachedIsMissingSinceItsFirstInterruption() {
        Interruption never = new Interruption(CAMERA, START, GapCause.CAMERA_UNREACHABLE, "");
        CameraContents contents =
                new CameraContents(List.of(), List.of(never), List.of(), List.of());
        assertThat(range(contents, "", "", "18:00:00"))
                .isEqualTo(new TimeRange(START, time("18:00:00")));
    }

    private static TimeRange range(CameraContents contents, String from, String to, String now) {
        return AskedRange.of(contents, instant(from), instant(to), time(now));
    }

    private static Optional<Instant> instant(String time) {
        return time.isEmpty() ? Optional.empty() : Optional.of(time(time).toInstant());
    }

    private static MediaTime time(String time) {
        return MediaTime.of(Instant.parse("2026-11-22T" + time + "Z"));
    }

    private static CameraContents recorded(Interruption... noted) {
        FragmentHeader header =
                new FragmentHeader(
                        CAMERA,
                        RunId.random(),
                        0,
                        START,
                        END.ticksSince(START),
                        250,
                        0,
                        new Digest(0, 0),
                        true,
                        false,
                        Optional.empty(),
                        Origin.PRIMARY);
        StoredFragment stored = new StoredFragment(header, 700, 1000);
        ArchiveEntry entry =
                new ArchiveEntry(
                        CAMERA,
                        RecordingName.of(START.toInstant(), "test", 0),
                        Kind.OPEN_RECORDING);
        Recording content = new Recording(List.of(), List.of(stored), List.of(noted), 1700, false);
        return new CameraContents(
                List.of(new IndexedRecording(entry, "hall", content, 1700)),
                List.of(),
                List.of(),
                List.of());
    }
}
