package io.gapless.simulator;

/**
 * The two addresses of a camera: one encoder behind both, but faults of their own, as of a camera
 * with two network interfaces, one for each recorder.
 */
public enum Side {
    /** {@code rtsp://HOST:PORT/NAME}. */
    PRIMARY(""),
    /** {@code rtsp://HOST:PORT/NAME/replica}. */
    REPLICA("/replica");

    private final String suffix;

    Side(String suffix) {
        this.suffix = suffix;
    }

    /** What follows the camera's name in its path. */
    String suffix() {
        return suffix;
    }
}
