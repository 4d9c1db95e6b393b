package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.rtp.rtcp.ReceiverReport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One session with a camera, from dialling to its end, which comes once and for one reason. Owned
 * by its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // completions are heard by listeners, if at all
final class RtspSession implements RtspConnection.Listener, Handshake.Host {
    /** Hears of the session, on its event loop. */
    interface Listener {
        /** The camera accepted PLAY. */
        void onPlaying();

        /** The first frame that can be decoded came. */
        void onFirstFrame();

        /** Takes ownership. */
        void onFragment(Fragment fragment);

        /** Nothing more comes; not called after {@link RtspSession#close}. */
        void onEnd(SessionEnd end);
    }

    /** Arlo cameras stop after 10 s without a report. */
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(5);

    private static final Duration WALL_CLOCK_INTERVAL = Duration.ofMinutes(1);
    private static final Duration UDP_PATIENCE = Duration.ofSeconds(3);
    private static final Duration LONGEST_TICK = Duration.ofMillis(500);
    private static final int DEFAULT_PORT = 554;

    private final CameraSettings settings;
    private final SessionTarget target;
    private final RecorderRuntime runtime;
    private final EventLoop eventLoop;
    private final CameraCounters counters;
    private final Optional<GapCause> gapBefore;
    private final Listener listener;
    private final RtspConnection connection;
    private final Handshake handshake;
    private final Disturbance disturbance;
    private final int ssrc = ThreadLocalRandom.current().nextInt();

    private Optional<Channel> channel = Optional.empty();
    private Optional<Run> run = Optional.empty();
    private Optional<MediaPath> path = Optional.empty();
    private Optional<InterleavedPath> interleaved = Optional.empty();
    private Optional<ControlUrls> urls = Optional.empty();
    private Optional<SessionHeader> session = Optional.empty();
    private Optional<ScheduledFuture<?>> ticks = Optional.empty();
    private boolean ended;
    private boolean firstFrameTold;
    private long playingNanos;
    private Deadline reportDue;
    private Deadline keepAliveDue;
    private Deadline wallClockDue;

    /**
     * @param gapBefore why video was missing before, if it was
     */
    RtspSession(
            CameraSettings settings,
            SessionTarget target,
            RecorderRuntime runtime,
            EventLoop eventLoop,
            CameraCounters counters,
            Optional<GapCause> gapBefore,
            Listener listener) {
        this.settings = requireNonNull(settings, "settings is null");
        this.target = requireNonNull(target, "target is null");
        this.runtime = requireNonNull(runtime, "runtime is null");
        this.eventLoop = requireNonNull(eventLoop, "eventLoop is null");
        this.counters = requireNonNull(counters, "counters is null");
        this.gapBefore = requireNonNull(gapBefore, "gapBefore is null");
        this.listener = requireNonNull(listener, "listener is null");
        disturbance = new Disturbance(settings.id(), counters.lostPackets());
        Authenticator authenticator = new Authenticator(settings.credentials());
        connection =
                new RtspConnection(
                        authenticator, settings.connectTimeout(), runtime.nanoTicker(), this);
        handshake =
                new Handshake(connection, target.uri().toString(), settings, target.udp(), this);
    }

    void open() {
        int port = target.uri().getPort() < 0 ? DEFAULT_PORT : target.uri().getPort();
        NameResolution.resolve(target.uri().getHost(), port)
                .whenCompleteAsync(this::onResolved, eventLoop);
    }

    private void onResolved(InetSocketAddress address, Throwable failure) {
        if (ended) {
            return;
        }
        if (failure != null) {
            onFailure(failure);
            return;
        }
        new Bootstrap()
                .group(eventLoop)
                .channel(EventLoops.socketChannel(runtime.eventLoops()))
                .option(ChannelOption.RECVBUF_ALLOCATOR, new SharedReceiveBuffer())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        (int) settings.connectTimeout().toMillis())
                .handler(connection)
                .connect(address)
                .addListener((ChannelFuture connected) -> onConnected(connected));
    }

    private void onConnected(ChannelFuture connected) {
        if (!connected.isSuccess()) {
            end(
                    new SessionEnd.Failed(
                            GapCause.CAMERA_UNREACHABLE,
                            "is not reachable: " + connected.cause().getMessage()));
        } else if (ended) {
            connected.channel().close();
        } else {
            channel = Optional.of(connected.channel());
            handshake
                    .play()
                    .whenComplete(
                            (done, failure) -> {
                                if (failure != null) {
                                    onFailure(failure);
                                } else {
                                    onPlaying();
                                }
                            });
        }
    }

    private void onFailure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof SessionFailure known) {
            end(new SessionEnd.Failed(known.gapCause(), known.sentence()));
        } else if (cause instanceof Redirection redirection) {
            end(new SessionEnd.Redirected(redirection.location()));
        } else {
            end(
                    new SessionEnd.Failed(
                            GapCause.CAMERA_PROTOCOL, "answered what cannot be read: " + cause));
        }
    }

    @Override
    public MediaPath path(boolean udp) {
        MediaPath made = udp ? udpPath() : new InterleavedPath(connection);
        path = Optional.of(made);
        interleaved = made instanceof InterleavedPath tcp ? Optional.of(tcp) : Optional.empty();
        return made;
    }

    private UdpPath udpPath() {
        Channel connected = channel.orElseThrow();
        return new UdpPath(
                eventLoop,
                EventLoops.datagramChannel(runtime.eventLoops()),
                ((InetSocketAddress) connected.localAddress()).getAddress(),
                ((InetSocketAddress) connected.remoteAddress()).getAddress(),
                runtime.nanoTicker());
    }

    @Override
    public Run run(SessionPlan plan) {
        Run made = new Run(settings, runtime, counters, plan, gapBefore, listener::onFragment);
        run = Optional.of(made);
        return made;
    }

    @Override
    public void onSession(ControlUrls controlUrls, SessionHeader header) {
        urls = Optional.of(controlUrls);
        session = Optional.of(header);
    }

    @Override
    public void onFrame(int interleavedChannel, ByteBuffer payload, long arrivalNanos) {
        if (!ended && interleaved.isPresent()) {
            interleaved.get().onFrame(interleavedChannel, payload, arrivalNanos);
        }
    }

    @Override
    public boolean isKnownChannel(int interleavedChannel) {
        return interleaved.map(p -> p.isKnownChannel(interleavedChannel)).orElse(false);
    }

    @Override
    public void onBroken(SessionFailure failure) {
        end(new SessionEnd.Failed(failure.gapCause(), failure.sentence()));
    }

    private void onPlaying() {
        if (ended) {
            return;
        }
        listener.onPlaying();
        playingNanos = now();
        reportDue = new Deadline(REPORT_INTERVAL, playingNanos);
        wallClockDue = new Deadline(WALL_CLOCK_INTERVAL, playingNanos);
        Duration keepAlive =
                session.map(SessionHeader::keepAliveInterval).orElse(Duration.ofSeconds(30));
        keepAliveDue = new Deadline(keepAlive, playingNanos);
        Duration quarter = settings.inactivityTimeout().dividedBy(4);
        Duration tick = quarter.compareTo(LONGEST_TICK) < 0 ? quarter : LONGEST_TICK;
        ticks =
                Optional.of(
                        eventLoop.scheduleAtFixedRate(
                                this::tick, 0, tick.toNanos(), TimeUnit.NANOSECONDS));
    }

    private long now() {
        return runtime.nanoTicker().getAsLong();
    }

    private void tick() {
        long now = now();
        Run recording = run.orElseThrow();
        if (recording.hasFrames() && !firstFrameTold) {
            firstFrameTold = true;
            listener.onFirstFrame();
        }
        disturbance.observe(connection.garbageBytes(), counters.lostPackets(), now);
        checkMedia(recording, now);
        if (ended) {
            return;
        }
        if (reportDue.isDue(now)) {
            sendReports(recording, now);
        }
        if (keepAliveDue.isDue(now)) {
            sendKeepAlive();
        }
        if (wallClockDue.isDue(now)) {
            recording.wallClockSampled();
        }
    }

    private void checkMedia(Run recording, long now) {
        Track video = recording.video();
        long silentNanos = now - (video.isStarted() ? video.lastPacketNanos() : playingNanos);
        long playedNanos = now - playingNanos;
        boolean fallBack =
                path.orElseThrow().isUdp() && !video.isStarted() && target.mayFallBackToTcp();
        if (video.hasEnded()) {
            end(new SessionEnd.Failed(GapCause.CAMERA_DISCONNECTED, "ended its stream"));
        } else if (fallBack && silentNanos > UDP_PATIENCE.toNanos()) {
            end(new SessionEnd.UdpSilent());
        } else if (silentNanos > settings.inactivityTimeout().toNanos()) {
            end(new SessionEnd.Failed(GapCause.CAMERA_SILENT, silence()));
        } else if (!recording.isConfigured()
                && playedNanos > settings.inactivityTimeout().toNanos()) {
            end(
                    new SessionEnd.Failed(
                            GapCause.CAMERA_PROTOCOL, "sends video without usable parameter sets"));
        }
    }

    private String silence() {
        return "sent no video for %.1f s"
                .formatted(settings.inactivityTimeout().toMillis() / 1000.0);
    }

    private void sendReports(Run recording, long now) {
        sendReport(0, recording.video().receiverReport(ssrc, now));
        recording.audio().ifPresent(t -> sendReport(1, t.receiverReport(ssrc, now)));
    }

    private void sendReport(int index, Optional<ReceiverReport> report) {
        report.ifPresent(r -> path.orElseThrow().sendRtcp(index, r.encode("gapless")));
    }

    /** Does not wait for the answer; the next media does not either. */
    private void sendKeepAlive() {
        String url = urls.map(ControlUrls::session).orElse(target.uri().toString());
        connection.request(handshake.keepAliveMethod(), url, sessionHeaders());
    }

    private RtspHeaders sessionHeaders() {
        RtspHeaders headers = new RtspHeaders();
        session.ifPresent(s -> headers.add("Session", s.id()));
        return headers;
    }

    /** The end of the last frame received. */
    Optional<MediaTime> endOfLastFrame() {
        return run.flatMap(Run::endOfLastFrame);
    }

    /** How long video came. */
    Duration recorded() {
        return run.filter(Run::hasFrames)
                .map(r -> Duration.ofNanos(r.video().lastPacketNanos() - r.firstFrameNanos()))
                .orElse(Duration.ZERO);
    }

    /** Ends the session from our side; what is unfinished is handed on before this returns. */
    void close() {
        finish();
    }

    private void end(SessionEnd end) {
        if (finish()) {
            listener.onEnd(end);
        }
    }

    private boolean finish() {
        if (ended) {
            return false;
        }
        ended = true;
        ticks.ifPresent(t -> t.cancel(false));
        if (!firstFrameTold && run.map(Run::hasFrames).orElse(false)) {
            firstFrameTold = true;
            listener.onFirstFrame();
        }
        run.ifPresent(Run::end);
        path.ifPresent(MediaPath::close);
        channel.filter(Channel::isActive).ifPresent(c -> hangUp());
        return true;
    }

    /** A camera that is not told keeps its side of the session, and has few of them. */
    private void hangUp() {
        if (session.isPresent()) {
            connection.request("TEARDOWN", urls.orElseThrow().session(), sessionHeaders());
        }
        connection.close();
    }
}
