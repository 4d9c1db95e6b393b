package io.gapless.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import java.io.IOException;
import java.util.Optional;

/** The JSON of a {@code .gap} file: an interruption of a camera that has no open recording. */
public final class GapNote {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private GapNote() {}

    static byte[] encode(Interruption interruption) {
        ObjectNode note =
                JSON.createObjectNode()
                        .put("version", VERSION)
                        .put("camera", interruption.camera().value())
                        .put("at", interruption.at().toString())
                        .put("ticks90k", interruption.at().ticks90k())
                        .put("cause", interruption.cause().name())
                        .put("causeCode", interruption.cause().code())
                        .put("detail", interruption.detail());
        try {
            return JSON.writeValueAsBytes(note);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a note of strings and numbers is always JSON", e);
        }
    }

    /** The interruption noted; nothing if the bytes are torn or not ours. */
    public static Optional<Interruption> decode(byte[] bytes) {
        try {
            JsonNode note = JSON.readTree(bytes);
            return Optional.of(
                    new Interruption(
                            new CameraId(note.required("camera").asText()),
                            new MediaTime(note.required("ticks90k").longValue()),
                            GapCause.ofCode(note.required("causeCode").intValue()),
                            note.required("detail").asText()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
