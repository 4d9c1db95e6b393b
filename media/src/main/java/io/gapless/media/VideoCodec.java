package io.gapless.media;

/** How pictures are coded. */
public enum VideoCodec {
    H264,
    H265,
    /** Each picture a JPEG file of its own (ISO 10918-1), as cameras call "MJPEG". */
    JPEG,
    /**
     * Each picture a temporal unit without its delimiter: OBUs in the low-overhead format (AV1
     * specification, section 5.2), all with their sizes.
     */
    AV1;

    /** Whether a picture is made of NAL units, each stored behind its length in 4 bytes. */
    public boolean hasNalUnits() {
        return this == H264 || this == H265;
    }
}
