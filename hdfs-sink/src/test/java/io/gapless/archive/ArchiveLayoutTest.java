package io.gapless.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.layout.RecordingName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

class ArchiveLayoutTest {
    private static final CameraId CAMERA = new CameraId("front.door");
    private static final Instant START = Instant.parse("2026-11-22T14:22:33.500999Z");
    private final ArchiveLayout layout = new ArchiveLayout(new Path("hdfs://nn:8020/nvr"));

    @Test
    void pathsAreThoseOfTheContract() {
        ArchiveEntry entry =
                new ArchiveEntry(CAMERA, RecordingName.of(START, "7f3a", 37), Kind.OPEN_RECORDING);
        String directory = "hdfs://nn:8020/nvr/recordings/2026-11-22/front.door/";
        assertThat(layout.path(entry).toString())
                .isEqualTo(directory + "142233.500Z-7f3ax11.mp4.open");
        assertThat(layout.path(entry.as(Kind.RECORDING)).toString())
                .isEqualTo(directory + "142233.500Z-7f3ax11.mp4");
        assertThat(layout.path(entry.as(Kind.GAP_NOTE)).toString())
                .isEqualTo(directory + "142233.500Z-7f3ax11.gap");
    }

    @Test
    void everyPathIsReadBack() {
        for (Kind kind : Kind.values()) {
            ArchiveEntry entry = new ArchiveEntry(CAMERA, RecordingName.of(START, "a", 0), kind);
            assertThat(
                            ArchiveLayout.parse(
                                    CAMERA, entry.name().day(), layout.path(entry).getName()))
                    .contains(entry);
        }
    }

    @Test
    void foreignFilesAreNoEntries() {
        LocalDate day = LocalDate.of(2026, 11, 22);
        for (String name :
                List.of("", ".mp4", "a.mp4", "142233.500Z-A.mp4", "252233.500Z-a.mp4", "_copy")) {
            assertThat(ArchiveLayout.parse(CAMERA, day, name)).as(name).isEmpty();
        }
        assertThat(ArchiveLayout.parseDay("2026-11-31")).isEmpty();
        assertThat(ArchiveLayout.parseDay("2026-11-30")).contains(LocalDate.of(2026, 11, 30));
    }

    @Test
    void aWriterKnowsItsOwnRecordings() {
        RecordingName name = RecordingName.of(START, "ab", 33 * 36);
        assertThat(name.epoch()).isEqualTo("abxx0");
        assertThat(name.isOfWriter("ab")).isTrue();
        assertThat(name.isOfWriter("a")).isFalse();
        assertThatThrownBy(() -> RecordingName.of(START, "abx", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aGapNoteIsReadBackAndATornOneIsNone() {
        Interruption interruption =
                new Interruption(
                        CAMERA, MediaTime.of(START), GapCause.CAMERA_REFUSED, "said \"401\"");
        byte[] note = GapNote.of(interruption).encode();
        assertThat(GapNote.decode(note)).contains(GapNote.of(interruption));
        assertThat(GapNote.decode(Arrays.copyOf(note, note.length - 5))).isEmpty();
        assertThat(GapNote.decode("{}".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(GapNote.decode(new byte[0])).isEqualTo(Optional.empty());
    }
}
