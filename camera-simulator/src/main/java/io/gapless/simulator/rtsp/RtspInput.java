package io.gapless.simulator.rtsp;

/** What a client sends over its connection. */
public sealed interface RtspInput permits RtspRequest, RtspInput.Interleaved {
    /**
     * A binary packet on a channel, which for a server can only be RTCP; its content is dropped.
     */
    record Interleaved(int channel) implements RtspInput {}
}
