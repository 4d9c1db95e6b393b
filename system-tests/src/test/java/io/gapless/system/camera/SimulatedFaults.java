package io.gapless.system.camera;

import io.gapless.simulator.CameraSpec;
import io.gapless.simulator.SimulatedCameras;
import io.gapless.simulator.rtsp.Access;
import io.gapless.simulator.rtsp.AccessScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;

/** One camera for each thing that can be wrong with a camera, and a healthy one. */
final class SimulatedFaults {
    static final String REBOOTS = "reboots";
    static final String FREEZES = "freezes";
    static final String REFUSES = "refuses";
    static final String GARBAGE = "garbage";
    static final String RESIZES = "resizes";
    static final String HEALTHY = "healthy";

    private static final int GOP_FRAMES = 25;

    private SimulatedFaults() {}

    static SimulatedCameras start() throws Exception {
        SimulatedCameras.Builder builder = SimulatedCameras.builder();
        for (String name : new String[] {REBOOTS, FREEZES, REFUSES, GARBAGE, RESIZES, HEALTHY}) {
            builder.camera(
                    CameraSpec.named(name)
                            .withVideo(
                                    video ->
                                            video.withSize(320, 240)
                                                    .withBitsPerSecond(300_000)
                                                    .withGopFrames(GOP_FRAMES))
                            .withAccess(new Access(AccessScheme.DIGEST, "viewer", "pass")));
        }
        return builder.start();
    }

    static Path catalogue(Path file, SimulatedCameras cameras) throws IOException {
        return Files.writeString(
                file,
                cameras.names().stream()
                        .map(
                                name ->
                                        "- {id: %s, url: '%s', username: viewer, password: pass, transport: tcp, inactivityTimeout: 4 s}\n"
                                                .formatted(name, cameras.uri(name)))
                        .collect(Collectors.joining("", "cameras:\n", "")));
    }

    static void begin(SimulatedCameras cameras) {
        cameras.changeResolution(RESIZES, 480, 320);
        cameras.reboot(REBOOTS, Duration.ofSeconds(3));
        cameras.freeze(FREEZES, Duration.ofSeconds(7));
        cameras.refusePassword(REFUSES, Duration.ofSeconds(3));
        cameras.garbage(GARBAGE, Duration.ofSeconds(4));
    }
}
