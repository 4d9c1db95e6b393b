package io.gapless.simulator.content;

/** What a simulated camera can encode its picture with. */
public enum VideoCodec {
    H264,
    H265,
    /** Each picture for itself, which cameras call MJPEG. */
    JPEG
}
