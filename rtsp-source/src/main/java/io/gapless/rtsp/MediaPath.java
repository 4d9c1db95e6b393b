package io.gapless.rtsp;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** The way RTP and RTCP of a session's tracks take. Owned by the session's event loop. */
sealed interface MediaPath permits InterleavedPath, UdpPath, MulticastPath {
    /** The {@code Transport} to ask for; {@code index} counts the session's tracks from 0. */
    CompletableFuture<String> offer(int index);

    /**
     * The camera accepted; {@code track} gets its packets from when the stage is complete, which
     * fails with {@link SessionFailure}.
     */
    CompletableFuture<Void> accept(int index, TrackPlan plan, Track track, TransportReply reply);

    /** Whether interleaved frames of this channel are expected. */
    boolean isKnownChannel(int channel);

    /** An interleaved frame; one of a channel that was never set up is ignored. */
    void onFrame(int channel, ByteBuffer payload, long arrivalNanos);

    /** Sends RTCP about the track, if there is a way. */
    void sendRtcp(int index, ByteBuffer compound);

    boolean isUdp();

    void close();
}
