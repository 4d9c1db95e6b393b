package io.gapless.archive.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.archive.OpenRecording;
import io.gapless.media.CameraId;
import io.gapless.media.layout.RecordingName;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchiveWriterStateSerializerTest {
    private static final ArchiveWriterState STATE =
            new ArchiveWriterState(
                    List.of(
                            new OpenRecording(
                                    new CameraId("front"),
                                    new RecordingName(
                                            Instant.parse("2026-11-22T14:22:33.500Z"), "7f3ax0")),
                            new OpenRecording(
                                    new CameraId("yard.2"),
                                    new RecordingName(
                                            Instant.parse("2026-11-22T23:59:59.999Z"),
                                            "7f3ax1z"))));

    private final ArchiveWriterStateSerializer serializer = new ArchiveWriterStateSerializer();

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(STATE)))
                .isEqualTo(STATE);
    }

    /** Bytes as the first release wrote them; they must be readable for ever. */
    @Test
    void storedStateOfVersion1IsRead() throws Exception {
        try (InputStream stored = getClass().getResourceAsStream("archive-writer-state-v1.bin")) {
            assertThat(serializer.deserialize(1, stored.readAllBytes())).isEqualTo(STATE);
        }
    }

    @Test
    void stateOfANewerProgramIsRefusedInOneSentence() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessage("archive writer state of version 2; this program knows 1");
    }
}
