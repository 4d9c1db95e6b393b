package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * From OPTIONS to PLAY (RFC 2326 section 10), on a connection that stands. Owned by the session's
 * event loop; all stages complete there.
 */
final class Handshake {
    /** What the dialogue needs of the session around it. */
    interface Host {
        /** Makes a path; the last one made is the session's. */
        MediaPath path(MediaWay way);

        /** The tracks are known; makes what records them. */
        Run run(SessionPlan plan);

        /** The camera opened its session. */
        void onSession(OpenSession session);
    }

    private final RtspConnection connection;
    private final String url;
    private final CameraSettings settings;
    private final Host host;
    private MediaWay way;
    private boolean keepAliveByParameter;
    private MediaPath path;
    private ControlUrls urls;
    private Run run;
    private Optional<SessionHeader> session = Optional.empty();

    Handshake(
            RtspConnection connection,
            String url,
            CameraSettings settings,
            MediaWay way,
            Host host) {
        this.connection = requireNonNull(connection, "connection is null");
        this.url = requireNonNull(url, "url is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.way = requireNonNull(way, "way is null");
        this.host = requireNonNull(host, "host is null");
    }

    /** Completes when the camera plays; fails with {@link SessionFailure}. */
    CompletableFuture<Void> play() {
        return options()
                .thenCompose(done -> describe())
                .thenCompose(this::setUp)
                .thenCompose(done -> startPlaying());
    }

    /** Whatever the camera says to OPTIONS, also 404, it may describe its stream. */
    private CompletableFuture<Void> options() {
        return connection
                .request("OPTIONS", url, new RtspHeaders())
                .thenAccept(
                        response ->
                                keepAliveByParameter =
                                        response.headers().all("Public").stream()
                                                .flatMap(v -> Arrays.stream(v.split(",")))
                                                .anyMatch(m -> m.strip().equals("GET_PARAMETER")));
    }

    /** An answer without Content-Type is taken for SDP too. */
    private CompletableFuture<SessionPlan> describe() {
        return connection
                .request("DESCRIBE", url, new RtspHeaders().add("Accept", "application/sdp"))
                .thenApply(
                        response -> {
                            requireOk("DESCRIBE", response);
                            SessionDescription description = SdpParser.parse(response.body());
                            RtspHeaders headers = response.headers();
                            urls =
                                    new ControlUrls(
                                            url,
                                            headers.first("Content-Base")
                                                    .or(() -> headers.first("Content-Location")),
                                            description.control());
                            return SessionPlan.of(
                                    description, settings.audio(), settings.metadata());
                        });
    }

    private CompletableFuture<Void> setUp(SessionPlan plan) {
        run = host.run(plan);
        path = host.path(way);
        List<TrackPlan> tracks = plan.tracks();
        CompletableFuture<Void> done = setUp(0, tracks.get(0), run.video());
        for (int i = 1; i < tracks.size(); i++) {
            int index = i;
            done =
                    done.thenCompose(
                            before -> setUp(index, tracks.get(index), run.tracks().get(index)));
        }
        return done;
    }

    private CompletableFuture<Void> setUp(int index, TrackPlan plan, Track track) {
        return path.offer(index)
                .thenCompose(
                        transport -> {
                            RtspHeaders headers = new RtspHeaders().add("Transport", transport);
                            session.ifPresent(s -> headers.add("Session", s.id()));
                            return connection.request("SETUP", urls.media(plan.control()), headers);
                        })
                .thenCompose(response -> onSetUp(index, plan, track, response));
    }

    private CompletableFuture<Void> onSetUp(
            int index, TrackPlan plan, Track track, RtspResponse response) {
        if (response.status() == RtspResponse.UNSUPPORTED_TRANSPORT && mayChangePath(index)) {
            path.close();
            way = way.other();
            path = host.path(way);
            return setUp(index, plan, track);
        }
        if (index > 0 && !response.isOk()) {
            run.without(plan);
            return CompletableFuture.completedFuture(null);
        }
        requireOk("SETUP", response);
        RtspHeaders headers = response.headers();
        // Some cameras answer each SETUP with another session; the first one counts.
        if (session.isEmpty()) {
            session = headers.first("Session").map(SessionHeader::parse);
            host.onSession(new OpenSession(connection, urls, session, keepAliveMethod()));
        }
        return path.accept(
                index, plan, track, TransportReply.parse(headers.first("Transport").orElse("")));
    }

    /** GET_PARAMETER if the camera has it, because VLC's server counts nothing else. */
    private String keepAliveMethod() {
        return keepAliveByParameter ? "GET_PARAMETER" : "OPTIONS";
    }

    /** To the other transport, once, unless TCP was asked for or all is to be secure. */
    private boolean mayChangePath(int index) {
        if (SessionTarget.isSecure(URI.create(url))) {
            return false;
        }
        boolean first = way == MediaWay.of(settings.transport());
        return switch (settings.transport()) {
            case TCP, HTTP -> false;
            case AUTO, UDP, MULTICAST -> index == 0 && first;
        };
    }

    private CompletableFuture<Void> startPlaying() {
        RtspHeaders headers = new RtspHeaders();
        session.ifPresent(s -> headers.add("Session", s.id()));
        headers.add("Range", "npt=0.000-");
        // RTP-Info is ignored: what cameras write into it is often wrong.
        return connection
                .request("PLAY", urls.session(), headers)
                .thenAccept(response -> requireOk("PLAY", response));
    }

    private void requireOk(String method, RtspResponse response) {
        if (response.isOk()) {
            return;
        }
        if (response.isRedirect()) {
            throw new Redirection(response.headers().first("Location").orElse(""));
        }
        throw new SessionFailure(causeOf(response), sentence(method, response));
    }

    private static GapCause causeOf(RtspResponse response) {
        return switch (response.status()) {
            case RtspResponse.UNAUTHORIZED, RtspResponse.FORBIDDEN -> GapCause.CAMERA_REFUSED;
            default -> GapCause.CAMERA_PROTOCOL;
        };
    }

    private String sentence(String method, RtspResponse response) {
        Function<String, String> refused =
                why -> "refused %s with %s: %s".formatted(method, response, why);
        if (causeOf(response) != GapCause.CAMERA_REFUSED) {
            return "answered %s with %s".formatted(method, response);
        }
        return refused.apply(whyRefused(settings));
    }

    /** The rest of a sentence. */
    static String whyRefused(CameraSettings settings) {
        return settings.credentials().isPresent()
                ? "user or password are wrong, or lack the right"
                : "it asks for a user and a password, and none are configured";
    }
}
