package io.gapless.rtp;

import java.nio.ByteBuffer;

/** Takes NAL units or OBUs out of the payloads of one track, in order. */
public interface VideoDepacketizer {
    /**
     * @param payload from position to limit; consumed before the method returns
     */
    void packet(ByteBuffer payload);

    /** Packets are missing before the next one; an unfinished NAL unit is forgotten silently. */
    void packetsLost();
}
