package io.gapless.rtp;

import io.gapless.media.VideoConfiguration;
import io.gapless.media.codec.AccessUnitKind;
import java.nio.ByteBuffer;

/** Takes the access units of a video track, NAL unit by NAL unit, piece by piece. */
public interface AccessUnitSink {
    void beginNalUnit();

    /** Instead of the first NAL unit, if pictures have none; {@link #endNalUnit} ends it. */
    default void beginPicture() {
        throw new IllegalStateException("pictures made of NAL units were expected");
    }

    /**
     * Instead of the first and all other NAL units, if pictures are made of OBUs; {@link
     * #endNalUnit} ends it.
     *
     * @param header 1 or 2 bytes, which say that a size follows, though none does
     */
    default void beginObu(ByteBuffer header) {
        throw new IllegalStateException("pictures made of NAL units were expected");
    }

    /** What remains of {@code piece} follows, the NAL unit's header first. */
    void append(ByteBuffer piece);

    void endNalUnit(boolean vcl);

    /**
     * The access unit is whole.
     *
     * @param arrivalNanos when its last packet came
     */
    void endAccessUnit(int rtpTimestamp, long arrivalNanos, AccessUnitKind kind);

    /** The access unit under construction, of which there may be nothing yet, is not whole. */
    void accessUnitLost();

    /** Access units may be missing before the one under construction. */
    void packetsLost();

    /** From the access unit under construction on, pictures are coded like this. */
    void configured(VideoConfiguration configuration);

    /** The camera sent parameter sets that make no sense; {@code reason} is a sentence. */
    void unusableParameterSets(String reason);
}
