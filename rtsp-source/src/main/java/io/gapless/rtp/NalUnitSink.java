package io.gapless.rtp;

import java.nio.ByteBuffer;

/** Takes proper NAL units, without start codes and trailing zeros, each in pieces. */
public interface NalUnitSink {
    /**
     * A NAL unit begins; its header is the beginning of what {@link #append} gets.
     *
     * @param firstHeaderByte of the NAL unit header
     * @param firstPayloadByte the byte after the header, whose first bit tells whether a slice is
     *     the first of its picture; 0 if there is none
     */
    void begin(int firstHeaderByte, int firstPayloadByte);

    /** What remains of {@code piece} follows; consumed before the method returns. */
    void append(ByteBuffer piece);

    /** The NAL unit is whole. */
    void end();

    /** A part of the NAL unit, its beginning or its end, is missing. */
    void broken();
}
