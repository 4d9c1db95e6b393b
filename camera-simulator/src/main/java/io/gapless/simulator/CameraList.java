package io.gapless.simulator;

import io.gapless.simulator.rtsp.Access;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The cameras as a recorder wants to know them. */
final class CameraList {
    private final SimulatedCameras cameras;
    private final Optional<Access> access;
    private final boolean replicaUrls;

    CameraList(SimulatedCameras cameras, Optional<Access> access, boolean replicaUrls) {
        this.cameras = cameras;
        this.access = access;
        this.replicaUrls = replicaUrls;
    }

    /** Writes {@code cameras: [{id, url, replicaUrl}]} in YAML, user and password in the URLs. */
    void writeCatalogue(Path file) throws IOException {
        StringBuilder yaml = new StringBuilder("cameras:\n");
        for (String name : cameras.names()) {
            yaml.append("  - id: ").append(name).append('\n');
            yaml.append("    url: \"").append(url(cameras.uri(name))).append("\"\n");
            if (replicaUrls) {
                yaml.append("    replicaUrl: \"")
                        .append(url(cameras.replicaUri(name)))
                        .append("\"\n");
            }
        }
        try {
            // Whoever waits for the file must not see half of it.
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, yaml);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException("catalogue %s cannot be written".formatted(file), e);
        }
    }

    private String url(URI uri) {
        String plain = uri.toString();
        return access.map(
                        a ->
                                plain.replaceFirst(
                                        "//",
                                        "//%s:%s@"
                                                .formatted(escape(a.user()), escape(a.password()))))
                .orElse(plain);
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
