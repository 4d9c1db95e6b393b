package io.gapless.simulator;

import io.gapless.simulator.rtp.RtpStream;
import io.gapless.simulator.rtsp.TransportHeader;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's view of a camera, from its first SETUP to TEARDOWN, time-out or the end of its
 * connection. Owned by the connection's event loop.
 */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Viewing viewing;
    private final Camera camera;
    private final Channel connection;
    private final UdpPorts udpPorts;
    private final String id;
    private final RandomGenerator random = new SplittableRandom();
    private final Map<String, Track> tracks = new TreeMap<>();
    private final List<InetSocketAddress> reporters = new ArrayList<>();
    private final Future<?> watch;
    private volatile long lastHeardNanos;

    Session(Viewing viewing, Channel connection, UdpPorts udpPorts) {
        this.viewing = viewing;
        camera = viewing.camera();
        this.connection = connection;
        this.udpPorts = udpPorts;
        id = Long.toHexString(ThreadLocalRandom.current().nextLong() | 1L << 60);
        camera.stepClock(camera.spec().time().stepPerSession());
        heard();
        watch = connection.eventLoop().scheduleAtFixedRate(this::watch, 1, 1, TimeUnit.SECONDS);
    }

    String id() {
        return id;
    }

    /** Notes that the client lives. */
    void heard() {
        lastHeardNanos = camera.clock().elapsedNanos();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing cannot fail
    private void watch() {
        long silence = camera.clock().elapsedNanos() - lastHeardNanos;
        if (silence > camera.spec().sessions().timeout().toNanos()) {
            LOG.info("Camera {}: a session timed out", camera.spec().name());
            connection.close();
        }
    }

    /**
     * Sets a track up.
     *
     * @param control the track's name in the session description
     * @return the transport header of the reply
     */
    String setUp(String control, TransportHeader transport) {
        int channel = transport.first().orElse(2 * tracks.size());
        RtpStream stream = new RtpStream(random, transport.tcp() ? channel : 0);
        Optional<MulticastGroup> group =
                transport.way() == TransportHeader.Way.MULTICAST
                        ? Optional.of(MulticastGroup.random(random))
                        : Optional.empty();
        PacketSink sink = transport.tcp() ? new TcpSink(connection) : udpSink(transport, group);
        Track track =
                switch (control) {
                    case SessionDescription.AUDIO_CONTROL ->
                            new AudioTrack(viewing, stream, sink, random);
                    case SessionDescription.METADATA_CONTROL ->
                            new MetadataTrack(viewing, stream, sink, random);
                    default -> new VideoTrack(viewing, stream, sink, random);
                };
        Optional.ofNullable(tracks.put(control, track)).ifPresent(Track::stop);
        String ssrc = "ssrc=%08X".formatted(stream.ssrc());
        if (group.isPresent()) {
            return "RTP/AVP;%s;%s".formatted(group.get().transport(), ssrc);
        }
        return transport.tcp()
                ? "RTP/AVP/TCP;unicast;interleaved=%d-%d;%s".formatted(channel, channel + 1, ssrc)
                : "RTP/AVP;unicast;client_port=%d-%d;server_port=%d-%d;%s"
                        .formatted(
                                transport.first().orElseThrow(),
                                transport.second().orElseThrow(),
                                udpPorts.rtpPort(),
                                udpPorts.rtpPort() + 1,
                                ssrc);
    }

    private PacketSink udpSink(TransportHeader transport, Optional<MulticastGroup> group) {
        if (group.isPresent()) {
            return new UdpSink(
                    connection.eventLoop(), udpPorts, group.get().rtp(), group.get().rtcp());
        }
        InetSocketAddress client = (InetSocketAddress) connection.remoteAddress();
        var rtp = new InetSocketAddress(client.getAddress(), transport.first().orElseThrow());
        var rtcp = new InetSocketAddress(client.getAddress(), transport.second().orElseThrow());
        udpPorts.onReport(rtcp, this::heard);
        reporters.add(rtcp);
        return new UdpSink(connection.eventLoop(), udpPorts, rtp, rtcp);
    }

    /**
     * Plays all tracks that are not yet playing.
     *
     * @return the RTP-Info header of the reply (RFC 2326 section 12.33)
     */
    String play(String baseUri) {
        List<String> info = new ArrayList<>();
        tracks.forEach(
                (control, track) -> {
                    if (!track.isPlaying()) {
                        String start = track.play(connection.eventLoop());
                        info.add("url=%s/%s;%s".formatted(baseUri, control, start));
                    }
                });
        return String.join(",", info);
    }

    void close() {
        watch.cancel(false);
        tracks.values().forEach(Track::stop);
        reporters.forEach(udpPorts::forget);
    }
}
