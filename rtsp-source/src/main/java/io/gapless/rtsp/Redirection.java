package io.gapless.rtsp;

/** The camera wants to be dialled elsewhere; made and caught within this package. */
final class Redirection extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String location;

    Redirection(String location) {
        super("redirected", null, false, false);
        this.location = location;
    }

    /** As the camera wrote it. */
    String location() {
        return location;
    }
}
