package io.gapless.rtp;

import java.nio.ByteBuffer;

/** Takes audio access units out of the payloads of one track, in order. */
public interface AudioDepacketizer {
    /**
     * @param payload from position to limit; consumed before the method returns
     */
    void packet(ByteBuffer payload, int rtpTimestamp, boolean marker);

    /** Packets are missing before the next one. */
    void packetsLost();
}
