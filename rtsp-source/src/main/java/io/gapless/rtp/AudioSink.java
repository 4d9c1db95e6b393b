package io.gapless.rtp;

import java.nio.ByteBuffer;

/** Takes the access units of an audio track. */
@FunctionalInterface
public interface AudioSink {
    /**
     * @param accessUnit consumed before the method returns
     * @param rtpTimestamp of its first sample
     * @param durationSamples in sample periods, at least 1
     */
    void accessUnit(ByteBuffer accessUnit, int rtpTimestamp, int durationSamples);
}
