package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gapless.rtp.EarlySenders;
import io.gapless.rtp.RtpPacket;
import io.gapless.rtp.RtpPackets;
import io.gapless.rtp.clock.SessionClock;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Multicast to several listeners of one host: a primary and a replica in one group, and groups of
 * two cameras that chose the same port.
 */
class MulticastPathTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String PAYLOAD = "658801";
    private static final int PACKET_BYTES = 12 + PAYLOAD.length() / 2;
    private static final int PACKETS = 40;
    private static final SessionPlan PLAN =
            SessionPlan.of(
                    SdpParser.parse("m=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n"), true, false);

    private final EventLoopGroup eventLoops = EventLoops.create(1, "test-multicast");
    private final EventLoop eventLoop = eventLoops.next();
    private final List<MulticastPath> paths = new ArrayList<>();

    /** Below the ports that the system gives to others. */
    private final int port = 2 * ThreadLocalRandom.current().nextInt(5_000, 16_000);

    private DatagramChannel camera;

    @BeforeEach
    void aCameraSendsOnTheLoopbackInterface() throws Exception {
        camera = DatagramChannel.open(StandardProtocolFamily.INET);
        camera.bind(new InetSocketAddress(LOOPBACK, 0));
        camera.setOption(
                StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByInetAddress(LOOPBACK));
        assumeTrue(
                isDelivered(),
                "this machine's loopback interface delivers no multicast: nothing is tested");
    }

    @AfterEach
    void close() throws Exception {
        paths.forEach(path -> eventLoop.submit(path::close).syncUninterruptibly());
        eventLoops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        camera.close();
    }

    /** As plain Java sees it. */
    private boolean isDelivered() throws Exception {
        InetAddress group = group();
        try (DatagramChannel listener = DatagramChannel.open(StandardProtocolFamily.INET)) {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(new InetSocketAddress(group, port));
            listener.join(group, NetworkInterface.getByInetAddress(LOOPBACK));
            listener.configureBlocking(false);
            send(group, 1);
            return receives(listener);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean receives(DatagramChannel listener) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (listener.receive(ByteBuffer.allocate(100)) == null) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }

    /** Of those that leave no organisation (RFC 2365 section 6.1). */
    private static InetAddress group() throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return InetAddress.getByAddress(
                new byte[] {
                    (byte) 239,
                    (byte) 255,
                    (byte) random.nextInt(256),
                    (byte) random.nextInt(1, 255)
                });
    }

    private void send(InetAddress group, int sequence) throws IOException {
        camera.send(
                RtpPackets.packet(7, sequence, 3600 * sequence, PAYLOAD),
                new InetSocketAddress(group, port));
    }

    @Test
    void allInAGroupHearAllAndNobodyHearsAnotherGroup() throws Exception {
        InetAddress gate = group();
        InetAddress yard = group();
        CameraCounters primary = listen(gate);
        CameraCounters replica = listen(gate);
        CameraCounters other = listen(yard);
        for (int i = 1; i <= PACKETS; i++) {
            send(yard, i);
            send(gate, i);
        }
        send(yard, PACKETS + 1); // after the last that it must not hear
        awaitBytes(primary, PACKETS);
        awaitBytes(replica, PACKETS);
        awaitBytes(other, PACKETS + 1);
    }

    /** Who leaves takes nobody with him. */
    @Test
    void whoStaysHearsOnWhenAnotherLeaves() throws Exception {
        InetAddress gate = group();
        CameraCounters primary = listen(gate);
        CameraCounters replica = listen(gate);
        send(gate, 1);
        awaitBytes(primary, 1);
        awaitBytes(replica, 1);
        eventLoop.submit(paths.get(0)::close).sync();
        send(gate, 2);
        awaitBytes(replica, 2);
        awaitBytes(primary, 1);
    }

    private CameraCounters listen(InetAddress group) throws Exception {
        CameraCounters counters = new CameraCounters();
        CompletableFuture.completedFuture(counters)
                .thenComposeAsync(c -> accept(group, c), eventLoop)
                .get(30, TimeUnit.SECONDS);
        return counters;
    }

    private CompletableFuture<Void> accept(InetAddress group, CameraCounters counters) {
        CameraCost cost = new CameraCost(System.nanoTime());
        MulticastPath path =
                new MulticastPath(eventLoop, LOOPBACK, LOOPBACK, System::nanoTime, cost);
        paths.add(path);
        Track track =
                new Track(
                        96,
                        90_000,
                        new SessionClock(System.nanoTime(), Instant.now()).track(90_000),
                        new Nowhere(),
                        counters,
                        new EarlySenders(),
                        true);
        String transport =
                "RTP/AVP;multicast;destination=%s;port=%d-%d"
                        .formatted(group.getHostAddress(), port, port + 1);
        return path.accept(0, PLAN.video(), track, TransportReply.parse(transport));
    }

    private static final class Nowhere implements Track.Packets {
        @Override
        public void lost() {}

        @Override
        public void packet(RtpPacket packet, long arrivalNanos) {}
    }

    /** All that came, whatever it was, at most half a minute later. */
    private static void awaitBytes(CameraCounters counters, int packets) throws Exception {
        long bytes = (long) packets * PACKET_BYTES;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (counters.receivedBytes() < bytes && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(counters.receivedBytes()).isEqualTo(bytes);
    }
}
