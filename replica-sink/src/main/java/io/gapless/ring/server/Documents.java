package io.gapless.ring.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gapless.media.CameraId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** The small JSON documents. */
final class Documents {
    static final int VERSION = 1;
    static final JsonFactory JSON = new JsonFactory();

    private Documents() {}

    /** What goes into an object. */
    interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    static byte[] object(Members members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    static byte[] cameras(List<CameraId> cameras) throws IOException {
        return object(
                json -> {
                    json.writeNumberField("version", VERSION);
                    json.writeArrayFieldStart("cameras");
                    for (CameraId camera : cameras) {
                        json.writeString(camera.value());
                    }
                    json.writeEndArray();
                });
    }

    static byte[] error(String why) throws IOException {
        return object(json -> json.writeStringField("error", why));
    }
}
