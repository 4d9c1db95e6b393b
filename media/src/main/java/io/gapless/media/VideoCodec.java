package io.gapless.media;

/** How pictures are coded. */
public enum VideoCodec {
    H264,
    H265,
    /** Each picture a JPEG file of its own (ISO 10918-1), as cameras call "MJPEG". */
    JPEG;

    /** Whether a picture is made of NAL units, each stored behind its length in 4 bytes. */
    public boolean hasNalUnits() {
        return this != JPEG;
    }
}
