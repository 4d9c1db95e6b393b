package io.gapless.simulator;

import io.gapless.simulator.content.VideoFormat;
import java.io.IOException;

/** Clips that all tests share. */
final class Clips {
    static final ClipLibrary LIBRARY = new ClipLibrary();

    /** Small, with a key frame every 0.4 s. */
    static final VideoFormat SMALL =
            VideoFormat.DEFAULT.withSize(320, 240).withGopFrames(10).withBitsPerSecond(600_000);

    private Clips() {}

    static SimulatedCameras start(CameraSpec... specs) throws IOException {
        SimulatedCameras.Builder builder = SimulatedCameras.builder().library(LIBRARY);
        for (CameraSpec spec : specs) {
            builder.camera(spec);
        }
        return builder.start();
    }

    static CameraSpec small(String name) {
        return CameraSpec.named(name).withVideo(SMALL);
    }
}
