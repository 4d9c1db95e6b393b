package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * RTP over multicast (RFC 2326 section 12.39): groups are joined on the network interface by which
 * the camera is reached. Others on this host may have joined them too.
 */
@SuppressWarnings("FutureReturnValueIgnored") // completions are heard by listeners, if at all
final class MulticastPath implements MediaPath {
    /** Key frames come in bursts; the system may grant less. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private final EventLoop eventLoop;
    private final InetAddress local;
    private final InetAddress camera;
    private final LongSupplier nanoTicker;
    private final CameraCost cost;
    private final List<UdpPort> ports = new ArrayList<>();
    private boolean closed;

    /**
     * @param local where the RTSP connection comes from
     * @param camera where it goes to; packets from elsewhere are ignored
     */
    MulticastPath(
            EventLoop eventLoop,
            InetAddress local,
            InetAddress camera,
            LongSupplier nanoTicker,
            CameraCost cost) {
        this.eventLoop = requireNonNull(eventLoop, "eventLoop is null");
        this.local = requireNonNull(local, "local is null");
        this.camera = requireNonNull(camera, "camera is null");
        this.nanoTicker = requireNonNull(nanoTicker, "nanoTicker is null");
        this.cost = requireNonNull(cost, "cost is null");
    }

    @Override
    public CompletableFuture<String> offer(int index) {
        return CompletableFuture.completedFuture("RTP/AVP;multicast");
    }

    @Override
    public CompletableFuture<Void> accept(
            int index, TrackPlan plan, Track track, TransportReply reply) {
        MulticastGroup group = MulticastGroup.of(reply, plan.announced());
        UdpPort rtp = new UdpPort(camera, nanoTicker, cost);
        UdpPort rtcp = new UdpPort(camera, nanoTicker, cost);
        rtp.deliverRtp(track);
        rtcp.deliverRtcp(track);
        return join(rtp, group.address(), group.rtpPort())
                .thenCompose(done -> join(rtcp, group.address(), group.rtcpPort()));
    }

    /** Bound to the group, since a port alone would get what all groups of this host get there. */
    private CompletableFuture<Void> join(UdpPort port, InetAddress group, int number) {
        CompletableFuture<Void> joined = new CompletableFuture<>();
        ports.add(port);
        new Bootstrap()
                .group(eventLoop)
                .channelFactory(() -> EventLoops.datagramChannel(eventLoop, group))
                .option(ChannelOption.RECVBUF_ALLOCATOR, new SharedReceiveBuffer())
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(port)
                .bind(new InetSocketAddress(group, number))
                .addListener((ChannelFuture bound) -> onBound(bound, group, joined));
        return joined;
    }

    private void onBound(ChannelFuture bound, InetAddress group, CompletableFuture<Void> joined) {
        if (!bound.isSuccess()) {
            joined.completeExceptionally(failure(bound.cause()));
            return;
        }
        if (closed) {
            bound.channel().close();
        }
        try {
            NetworkInterface network = NetworkInterface.getByInetAddress(local);
            ((DatagramChannel) bound.channel())
                    .joinGroup(group, network, null)
                    .addListener(
                            result -> {
                                if (result.isSuccess()) {
                                    joined.complete(null);
                                } else {
                                    joined.completeExceptionally(failure(result.cause()));
                                }
                            });
        } catch (SocketException e) {
            joined.completeExceptionally(failure(e));
        }
    }

    private static SessionFailure failure(Throwable cause) {
        return new SessionFailure(
                GapCause.CAMERA_UNREACHABLE,
                "multicasts to where we cannot join: " + cause.getMessage());
    }

    @Override
    public boolean isKnownChannel(int channel) {
        return false;
    }

    /** What comes interleaved although multicast was agreed on belongs to nobody. */
    @Override
    public void onFrame(int channel, ByteBuffer payload, long arrivalNanos) {}

    /** Nobody asks for it; the RTSP connection keeps the session alive. */
    @Override
    public void sendRtcp(int index, ByteBuffer compound) {}

    @Override
    public boolean isUdp() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
        ports.forEach(UdpPort::close);
    }
}
