package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** RTP over unicast UDP, two ports a track. */
@SuppressWarnings("FutureReturnValueIgnored") // completions are heard by listeners, if at all
final class UdpPath implements MediaPath {
    private static final int ATTEMPTS = 20;
    private static final int FIRST_PORT = 20_000;
    private static final int PORT_PAIRS = 20_000;

    /** Key frames come in bursts; the system may grant less. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    /** An empty RTP packet: whoever forwards ports learns from it that we are here. */
    private static final byte[] HOLE_PUNCH = {(byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private record Ports(UdpPort rtp, UdpPort rtcp) {}

    private final EventLoop eventLoop;
    private final Class<? extends DatagramChannel> channelType;
    private final InetAddress local;
    private final InetAddress camera;
    private final LongSupplier nanoTicker;
    private final CameraCost cost;
    private final Map<Integer, Ports> ports = new HashMap<>();
    private final Map<Integer, TransportReply.Pair> serverPorts = new HashMap<>();
    private boolean closed;

    /**
     * @param local where the RTSP connection comes from
     * @param camera where it goes to; packets from elsewhere are ignored
     */
    UdpPath(
            EventLoop eventLoop,
            Class<? extends DatagramChannel> channelType,
            InetAddress local,
            InetAddress camera,
            LongSupplier nanoTicker,
            CameraCost cost) {
        this.eventLoop = requireNonNull(eventLoop, "eventLoop is null");
        this.channelType = requireNonNull(channelType, "channelType is null");
        this.local = requireNonNull(local, "local is null");
        this.camera = requireNonNull(camera, "camera is null");
        this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker is null");
        this.cost = requireNonNull(cost, "cost is null");
    }

    @Override
    public CompletableFuture<String> offer(int index) {
        return bindPair(ATTEMPTS)
                .thenApply(
                        pair -> {
                            ports.put(index, pair);
                            return "RTP/AVP;unicast;client_port=%d-%d"
                                    .formatted(pair.rtp.port(), pair.rtcp.port());
                        });
    }

    /** An even port and the next one (RFC 3550 section 11), at random until both are free. */
    private CompletableFuture<Ports> bindPair(int attempts) {
        if (attempts == 0 || closed) {
            return CompletableFuture.failedFuture(
                    new SessionFailure(
                            GapCause.CAMERA_UNREACHABLE, "has no free UDP ports to send to"));
        }
        int port = FIRST_PORT + 2 * ThreadLocalRandom.current().nextInt(PORT_PAIRS);
        UdpPort rtp = new UdpPort(camera, nanoTicker, cost);
        UdpPort rtcp = new UdpPort(camera, nanoTicker, cost);
        return bind(rtp, port)
                .thenCompose(done -> bind(rtcp, port + 1))
                .thenApply(done -> new Ports(rtp, rtcp))
                .exceptionallyCompose(
                        taken -> {
                            rtp.close();
                            rtcp.close();
                            return bindPair(attempts - 1);
                        });
    }

    private CompletableFuture<Void> bind(ChannelHandler handler, int port) {
        CompletableFuture<Void> bound = new CompletableFuture<>();
        new Bootstrap()
                .group(eventLoop)
                .channel(channelType)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new SharedReceiveBuffer())
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .handler(handler)
                .bind(new InetSocketAddress(local, port))
                .addListener(
                        result -> {
                            if (result.isSuccess()) {
                                bound.complete(null);
                            } else {
                                bound.completeExceptionally(result.cause());
                            }
                        });
        return bound;
    }

    @Override
    public CompletableFuture<Void> accept(
            int index, TrackPlan plan, Track track, TransportReply reply) {
        Ports pair = ports.get(index);
        pair.rtp.deliverRtp(track);
        pair.rtcp.deliverRtcp(track);
        reply.serverPorts()
                .ifPresent(
                        server -> {
                            serverPorts.put(index, server);
                            pair.rtp.send(ByteBuffer.wrap(HOLE_PUNCH), server.rtp());
                        });
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isKnownChannel(int channel) {
        return false;
    }

    /** What comes interleaved although UDP was agreed on belongs to nobody. */
    @Override
    public void onFrame(int channel, ByteBuffer payload, long arrivalNanos) {}

    @Override
    public void sendRtcp(int index, ByteBuffer compound) {
        TransportReply.Pair server = serverPorts.get(index);
        if (server != null) {
            ports.get(index).rtcp.send(compound, server.rtcp());
        }
    }

    @Override
    public boolean isUdp() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
        ports.values()
                .forEach(
                        pair -> {
                            pair.rtp.close();
                            pair.rtcp.close();
                        });
    }
}
