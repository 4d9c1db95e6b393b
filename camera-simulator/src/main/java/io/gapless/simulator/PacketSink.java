package io.gapless.simulator;

import io.netty.buffer.ByteBuf;

/** Where a track's packets go. Called on the session's event loop. */
interface PacketSink {
    /** Whether the client keeps up; if not, nothing should be sent. */
    boolean isReady();

    /** Sends RTP packets laid out one behind the other; releases the buffer. */
    void sendRtp(ByteBuf packets);

    /** Sends one RTCP packet behind its prefix; releases the buffer. */
    void sendRtcp(ByteBuf packet);

    /** Sends bytes that are no packets; releases the buffer. */
    void sendGarbage(ByteBuf bytes);

    /** Gives back what was not yet sent; nothing is sent any more. */
    void close();
}
