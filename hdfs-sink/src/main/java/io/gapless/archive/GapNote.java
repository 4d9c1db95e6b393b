package io.gapless.archive;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The JSON of a {@code .gap} file: that a camera which has no open recording stopped, or that what
 * is missing of a range is lost for good. Of the latter, readers that know only the former see an
 * interruption where the range begins, which opens no gap where there is video.
 *
 * @param interruption what happened, and when the gap, or the range, begins
 * @param lostUntil end of the range of which whatever is missing is lost; nothing for an
 *     interruption
 */
public record GapNote(Interruption interruption, Optional<MediaTime> lostUntil) {
    private static final int VERSION = 1;
    private static final int MAX_BYTES = 1 << 16;
    private static final String LOST = "lost";
    private static final ObjectMapper JSON = new ObjectMapper();

    public GapNote {
        requireNonNull(interruption, "interruption is null");
        if (lostUntil.isPresent() && !lostUntil.get().isAfter(interruption.at())) {
            throw new IllegalArgumentException(
                    "lost from %s until %s".formatted(interruption.at(), lostUntil.get()));
        }
    }

    static GapNote of(Interruption interruption) {
        return new GapNote(interruption, Optional.empty());
    }

    static GapNote lost(CameraId camera, TimeRange range, GapCause cause, String detail) {
        return new GapNote(
                new Interruption(camera, range.from(), cause, detail), Optional.of(range.to()));
    }

    /** The range of which whatever is missing is lost; nothing for an interruption. */
    public Optional<TimeRange> lost() {
        return lostUntil.map(until -> new TimeRange(interruption.at(), until));
    }

    byte[] encode() {
        ObjectNode note =
                JSON.createObjectNode()
                        .put("version", VERSION)
                        .put("camera", interruption.camera().value())
                        .put("at", interruption.at().toString())
                        .put("ticks90k", interruption.at().ticks90k())
                        .put("cause", interruption.cause().name())
                        .put("causeCode", interruption.cause().code())
                        .put("detail", interruption.detail());
        lostUntil.ifPresent(
                until ->
                        note.put("state", LOST)
                                .put("until", until.toString())
                                .put("untilTicks90k", until.ticks90k()));
        try {
            return JSON.writeValueAsBytes(note);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a note of strings and numbers is always JSON", e);
        }
    }

    /** What is noted; nothing if the bytes are torn or not ours. */
    public static Optional<GapNote> decode(byte[] bytes) {
        try {
            JsonNode note = JSON.readTree(bytes);
            Interruption interruption =
                    new Interruption(
                            new CameraId(note.required("camera").asText()),
                            new MediaTime(note.required("ticks90k").longValue()),
                            GapCause.ofCode(note.required("causeCode").intValue()),
                            note.required("detail").asText());
            return Optional.of(new GapNote(interruption, lostUntil(note)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Nothing if the note has vanished, is torn, or is not ours. */
    public static Optional<GapNote> read(Archive archive, ArchiveEntry entry) throws IOException {
        try (ArchiveFile file = archive.read(archive.layout().path(entry))) {
            if (file.sizeBytes() > MAX_BYTES) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) file.sizeBytes());
            file.read(0, bytes);
            return decode(bytes.array());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Optional<MediaTime> lostUntil(JsonNode note) {
        return LOST.equals(note.path("state").asText())
                ? Optional.of(new MediaTime(note.required("untilTicks90k").longValue()))
                : Optional.empty();
    }
}
