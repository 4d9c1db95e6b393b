package io.gapless.rtsp;

/** How media is asked for. */
enum MediaWay {
    /** Within the RTSP connection. */
    INTERLEAVED,
    UDP,
    MULTICAST;

    /** The first to try. */
    static MediaWay of(Transport transport) {
        return switch (transport) {
            case AUTO, TCP, HTTP -> INTERLEAVED;
            case UDP -> UDP;
            case MULTICAST -> MULTICAST;
        };
    }

    /** What to try if the camera refuses this one. */
    MediaWay other() {
        return this == INTERLEAVED ? UDP : INTERLEAVED;
    }
}
