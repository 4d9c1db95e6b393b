package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.rtp.EarlySenders;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

    private static final Duration LONGEST_TICK = Duration.ofMillis(500);

    private final CameraSettings settings;
    private final SessionTarget target;
    private final RecorderRuntime runtime;
    private final EventLoop eventLoop;
    private final CameraCounters counters;
    private final Optional<GapCause> gapBefore;
    private final Listener listener;
    private final RtspConnection connection;
    private final CameraCost cost;
    private final Disturbance disturbance;
    private final EarlySenders early = new EarlySenders();
    private Optional<Channel> channel = Optional.empty();
    private Optional<Run> run = Optional.empty();
    private Optional<MediaPath> path = Optional.empty();
    private Optional<OpenSession> session = Optional.empty();
    private Optional<ScheduledFuture<?>> ticks = Optional.empty();
    private boolean ended;
    private boolean firstFrameTold;

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
        cost = new CameraCost(now());
        disturbance = new Disturbance(settings.id(), counters.lostPackets());
        connection =
                new RtspConnection(
                        new Authenticator(settings.credentials()),
                        settings.connectTimeout(),
                        runtime.nanoTicker(),
                        cost,
                        this);
    }

    void open() {
        dial().thenCompose(this::onConnected)
                .whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                end(SessionEnd.of(failure));
                            } else {
                                onPlaying();
                            }
                        });
    }

    private CompletableFuture<Channel> dial() {
        Dialler dialler =
                new Dialler(runtime, eventLoop, settings.connectTimeout(), settings.trust());
        return settings.transport() == Transport.HTTP
                ? new HttpTunnel(dialler, target.uri(), eventLoop, settings).open(connection)
                : dialler.dial(target.uri(), connection);
    }

    private CompletableFuture<Void> onConnected(Channel connected) {
        if (ended) {
            connected.close();
            return new CompletableFuture<>();
        }
        channel = Optional.of(connected);
        return new Handshake(connection, target.uri().toString(), settings, target.way(), this)
                .play();
    }

    @Override
    public MediaPath path(MediaWay way) {
        MediaPath made =
                switch (way) {
                    case INTERLEAVED -> new InterleavedPath(connection);
                    case UDP -> udpPath();
                    case MULTICAST -> multicastPath();
                };
        path = Optional.of(made);
        return made;
    }

    private UdpPath udpPath() {
        Channel connected = channel.orElseThrow();
        return new UdpPath(
                eventLoop,
                EventLoops.datagramChannel(runtime.eventLoops()),
                ((InetSocketAddress) connected.localAddress()).getAddress(),
                ((InetSocketAddress) connected.remoteAddress()).getAddress(),
                runtime.nanoTicker(),
                cost);
    }

    private MulticastPath multicastPath() {
        Channel connected = channel.orElseThrow();
        return new MulticastPath(
                eventLoop,
                ((InetSocketAddress) connected.localAddress()).getAddress(),
                ((InetSocketAddress) connected.remoteAddress()).getAddress(),
                runtime.nanoTicker(),
                cost);
    }

    @Override
    public Run run(SessionPlan plan) {
        Run made =
                new Run(
                        settings,
                        runtime,
                        counters,
                        cost,
                        plan,
                        early,
                        gapBefore,
                        listener::onFragment);
        run = Optional.of(made);
        return made;
    }

    @Override
    public void onSession(OpenSession opened) {
        session = Optional.of(opened);
    }

    @Override
    public void onFrame(int interleavedChannel, ByteBuffer payload, long arrivalNanos) {
        if (ended) {
            return;
        }
        if (path.isPresent()) {
            path.get().onFrame(interleavedChannel, payload, arrivalNanos);
        } else {
            early.note(payload, arrivalNanos);
        }
    }

    @Override
    public boolean isKnownChannel(int interleavedChannel) {
        return path.map(p -> p.isKnownChannel(interleavedChannel)).orElse(false);
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
        Playing playing = playing(now());
        Duration quarter = settings.inactivityTimeout().dividedBy(4);
        Duration tick = quarter.compareTo(LONGEST_TICK) < 0 ? quarter : LONGEST_TICK;
        ticks =
                Optional.of(
                        eventLoop.scheduleAtFixedRate(
                                () -> tick(playing), 0, tick.toNanos(), TimeUnit.NANOSECONDS));
    }

    private Playing playing(long now) {
        Run recording = run.orElseThrow();
        MediaPath way = path.orElseThrow();
        MediaWatch watch =
                new MediaWatch(
                        recording,
                        settings.inactivityTimeout(),
                        way.isUdp() && target.mayFallBackToTcp(),
                        now);
        return new Playing(recording, way, session.orElseThrow(), watch, now);
    }

    private long now() {
        return runtime.nanoTicker().getAsLong();
    }

    private void tick(Playing playing) {
        long now = now();
        tellFirstFrame();
        disturbance.observe(connection.garbageBytes(), counters.lostPackets(), now);
        cost.excess()
                .<SessionEnd>map(e -> new SessionEnd.Failed(GapCause.CAMERA_PROTOCOL, e))
                .or(() -> playing.tick(now))
                .ifPresent(this::end);
    }

    private void tellFirstFrame() {
        if (!firstFrameTold && run.map(Run::hasFrames).orElse(false)) {
            firstFrameTold = true;
            listener.onFirstFrame();
        }
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
        tellFirstFrame();
        run.ifPresent(Run::end);
        path.ifPresent(MediaPath::close);
        if (channel.filter(Channel::isActive).isPresent()) {
            session.ifPresent(OpenSession::tearDown);
            connection.close();
        }
        return true;
    }
}
