package io.gapless.rtp;

import java.nio.ByteBuffer;

/** Takes NAL units or OBUs, as the packets hold them and each in pieces, from a depacketizer. */
public interface PayloadSink {
    void begin();

    /** What remains of {@code piece} follows; consumed before the method returns. */
    void append(ByteBuffer piece);

    /** The NAL unit is whole. */
    void end();

    /** A part of the NAL unit, its beginning or its end, is missing. */
    void broken();
}
