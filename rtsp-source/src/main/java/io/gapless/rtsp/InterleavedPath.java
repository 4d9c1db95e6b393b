package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** RTP within the RTSP connection. */
final class InterleavedPath implements MediaPath {
    private static final int CHANNELS = 256;

    private final RtspConnection connection;
    private final Track[] rtp = new Track[CHANNELS];
    private final Track[] rtcp = new Track[CHANNELS];
    private final int[] rtcpChannels = new int[CHANNELS];

    InterleavedPath(RtspConnection connection) {
        this.connection = requireNonNull(connection, "connection is null");
    }

    @Override
    public CompletableFuture<String> offer(int index) {
        return CompletableFuture.completedFuture(
                "RTP/AVP/TCP;unicast;interleaved=%d-%d".formatted(2 * index, 2 * index + 1));
    }

    /** The channels of the answer count: some cameras choose other ones than were asked for. */
    @Override
    public CompletableFuture<Void> accept(
            int index, TrackPlan plan, Track track, TransportReply reply) {
        TransportReply.Pair channels =
                reply.interleaved().orElse(new TransportReply.Pair(2 * index, 2 * index + 1));
        rtp[channels.rtp() & 0xFF] = track;
        rtcp[channels.rtcp() & 0xFF] = track;
        rtcpChannels[index] = channels.rtcp() & 0xFF;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isKnownChannel(int channel) {
        return rtp[channel] != null || rtcp[channel] != null;
    }

    @Override
    public void onFrame(int channel, ByteBuffer payload, long arrivalNanos) {
        if (rtp[channel] != null) {
            rtp[channel].rtp(payload, arrivalNanos);
        } else if (rtcp[channel] != null) {
            rtcp[channel].rtcp(payload, arrivalNanos);
        }
    }

    @Override
    public void sendRtcp(int index, ByteBuffer compound) {
        connection.sendFrame(rtcpChannels[index], compound);
    }

    @Override
    public boolean isUdp() {
        return false;
    }

    @Override
    public void close() {}
}
