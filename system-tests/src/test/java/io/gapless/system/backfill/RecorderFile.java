package io.gapless.system.backfill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The primary's configuration, which {@code nvr up} writes once when it starts. The primary reads
 * it whenever it starts, so what a test changes while the primary is dead holds from then on.
 */
final class RecorderFile {
    private final Path file;
    private final ObjectNode settings;

    private RecorderFile(Path file, ObjectNode settings) {
        this.file = file;
        this.settings = settings;
    }

    static RecorderFile read(Path file) throws IOException {
        JsonNode tree = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file));
        return new RecorderFile(file, (ObjectNode) tree);
    }

    URI ring() {
        return URI.create(settings.path("rings").path(0).path("url").asText());
    }

    RecorderFile withRing(URI uri) throws IOException {
        ((ObjectNode) settings.path("rings").path(0)).put("url", uri.toString());
        return written();
    }

    /** The first ring and no other. */
    RecorderFile withOneRing() throws IOException {
        ArrayNode rings = (ArrayNode) settings.path("rings");
        while (rings.size() > 1) {
            rings.remove(1);
        }
        return written();
    }

    Path secretFile() {
        return file.resolveSibling(settings.path("rings").path(0).path("secretFile").asText());
    }

    RecorderFile withSecretFile(Path secret) throws IOException {
        ((ObjectNode) settings.path("rings").path(0)).put("secretFile", secret.toString());
        return written();
    }

    /** As in {@code backfill: {KEY: VALUE}}. */
    RecorderFile withBackfill(String key, String value) throws IOException {
        settings.withObjectProperty("backfill").put(key, value);
        return written();
    }

    private RecorderFile written() throws IOException {
        // JSON is YAML, too.
        new ObjectMapper().writeValue(file.toFile(), settings);
        return this;
    }
}
