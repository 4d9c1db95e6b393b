package io.gapless.system.site;

import io.gapless.simulator.SimulatedCameras;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Tells the recorder of simulated cameras. */
public final class CatalogueFile {
    private CatalogueFile() {}

    /**
     * Writes a catalogue of all cameras.
     *
     * @param transports by camera; those not named are recorded over TCP
     */
    public static Path write(Path file, SimulatedCameras cameras, Map<String, String> transports)
            throws IOException {
        List<String> entries =
                cameras.names().stream()
                        .map(
                                name ->
                                        "  - id: %s%n    url: %s%n    transport: %s%n"
                                                .formatted(
                                                        name,
                                                        cameras.uri(name),
                                                        transports.getOrDefault(name, "tcp")))
                        .toList();
        return Files.writeString(file, "cameras:\n" + String.join("", entries));
    }
}
