package io.gapless.job.embedded;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the configuration of the primary of a small site. */
final class RecorderFile {
    private RecorderFile() {}

    static void write(Path file, Path catalogue, URI archive, Map<String, String> hadoop)
            throws IOException {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("catalogue", catalogue.toString());
        settings.put("archive", archive.toString());
        settings.put("hadoop", hadoop);
        settings.put("parallelism", Runtime.getRuntime().availableProcessors());
        // JSON is YAML, too.
        new ObjectMapper().writeValue(file.toFile(), settings);
    }
}
