package io.gapless.simulator;

import io.gapless.simulator.rtsp.Access;
import io.gapless.simulator.rtsp.AccessScheme;
import io.gapless.simulator.rtsp.RtspInput;
import io.gapless.simulator.rtsp.RtspReply;
import io.gapless.simulator.rtsp.RtspRequest;
import io.gapless.simulator.rtsp.TransportHeader;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one client's requests (RFC 2326 section 10). A connection has at most one session, which
 * ends with it. Owned by the connection's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the connection
final class Connection extends SimpleChannelInboundHandler<RtspInput> {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final String METHODS =
            "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, SET_PARAMETER, TEARDOWN";
    private static final Access NOBODY = new Access(AccessScheme.DIGEST, "", "");

    private final Map<String, Camera> cameras;
    private final UdpPorts udpPorts;
    private final String nonce = Long.toHexString(ThreadLocalRandom.current().nextLong());
    private Optional<Viewing> attached = Optional.empty();
    private Optional<Session> session = Optional.empty();

    Connection(Map<String, Camera> cameras, UdpPorts udpPorts) {
        this.cameras = cameras;
        this.udpPorts = udpPorts;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, RtspInput input) {
        session.ifPresent(Session::heard);
        if (input instanceof RtspRequest request) {
            Optional<Viewing> viewing = address(request).map(found -> view(context, found));
            if (!misbehave(context, viewing)) {
                RtspReply reply =
                        viewing.map(v -> reply(context, v, request))
                                .orElseGet(() -> replyWithoutCamera(request));
                session.ifPresent(s -> reply.header("Session", sessionHeader(s)));
                context.writeAndFlush(reply.encode(context.alloc(), request));
                endIfTornDown(request);
            }
        }
    }

    private Optional<CameraAddress> address(RtspRequest request) {
        String path = request.path();
        Side side =
                (path + "/").matches("[^/]*" + Side.REPLICA.suffix() + "/.*")
                        ? Side.REPLICA
                        : Side.PRIMARY;
        return Optional.ofNullable(cameras.get(path.split("/", 2)[0]))
                .map(camera -> camera.address(side));
    }

    /** A connection belongs to the first camera that it asks for, by the address it asks. */
    private Viewing view(ChannelHandlerContext context, CameraAddress address) {
        if (attached.isEmpty()) {
            attached = Optional.of(address.camera().view(address));
            address.attach(context.channel());
        }
        return attached.get();
    }

    /** Whether a fault of the camera spoils the reply. */
    private static boolean misbehave(ChannelHandlerContext context, Optional<Viewing> viewing) {
        if (viewing.isEmpty()) {
            return false;
        }
        ActiveFaults faults = viewing.get().faults();
        if (faults.has(Fault.Reboot.class)) {
            context.close();
            return true;
        }
        if (faults.has(Fault.GarbageReplies.class)) {
            context.writeAndFlush(Disturbance.randomBytes(new SplittableRandom()));
            return true;
        }
        return faults.has(Fault.Freeze.class);
    }

    private static RtspReply replyWithoutCamera(RtspRequest request) {
        return request.method().equals("OPTIONS")
                ? RtspReply.ok().header("Public", METHODS)
                : RtspReply.refused(404);
    }

    private RtspReply reply(ChannelHandlerContext context, Viewing viewing, RtspRequest request) {
        Optional<RtspReply> refusal = refuse(viewing, request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (request.method()) {
            case "OPTIONS" -> RtspReply.ok().header("Public", METHODS);
            case "DESCRIBE" -> describe(viewing, request);
            case "SETUP" -> setUp(context, viewing, request);
            case "PLAY" -> play(viewing, request);
            case "GET_PARAMETER", "SET_PARAMETER", "TEARDOWN" -> RtspReply.ok();
            default -> RtspReply.refused(405).header("Allow", METHODS);
        };
    }

    private Optional<RtspReply> refuse(Viewing viewing, RtspRequest request) {
        boolean refuses = viewing.faults().has(Fault.RefusePassword.class);
        Optional<Access> access = viewing.spec().access();
        boolean admitted =
                request.method().equals("OPTIONS")
                        || (!refuses && access.map(a -> a.admits(request, nonce)).orElse(true));
        if (admitted) {
            return Optional.empty();
        }
        String challenge = access.orElse(NOBODY).challenge(nonce);
        return Optional.of(RtspReply.refused(401).header("WWW-Authenticate", challenge));
    }

    private static RtspReply describe(Viewing viewing, RtspRequest request) {
        return RtspReply.ok()
                .header("Content-Base", baseUri(viewing, request) + "/")
                .body("application/sdp", new SessionDescription(viewing).text());
    }

    private RtspReply setUp(ChannelHandlerContext context, Viewing viewing, RtspRequest request) {
        String control = control(viewing, request);
        if (!hasTrack(viewing.camera(), control)) {
            return RtspReply.refused(404);
        }
        List<TransportHeader> offers =
                TransportHeader.parse(request.header("Transport").orElse(""));
        Optional<TransportHeader> granted =
                offers.stream().filter(offer -> grants(viewing, offer)).findFirst();
        if (granted.isEmpty()) {
            return RtspReply.refused(461);
        }
        if (session.isEmpty()) {
            session = Optional.of(new Session(viewing, context.channel(), udpPorts));
        }
        String transport = session.get().setUp(control, granted.get());
        return RtspReply.ok().header("Transport", transport);
    }

    /** What follows the camera's address. */
    private static String control(Viewing viewing, RtspRequest request) {
        String base = viewing.address().path() + "/";
        return request.path().startsWith(base) ? request.path().substring(base.length()) : "";
    }

    private static boolean hasTrack(Camera camera, String control) {
        return switch (control) {
            case SessionDescription.VIDEO_CONTROL -> true;
            case SessionDescription.AUDIO_CONTROL -> !camera.audio().units().isEmpty();
            case SessionDescription.METADATA_CONTROL -> camera.spec().metadata();
            default -> false;
        };
    }

    private static boolean grants(Viewing viewing, TransportHeader offer) {
        return viewing.spec().transport().grants(offer.way())
                && (offer.way() != TransportHeader.Way.UDP || offer.first().isPresent());
    }

    private RtspReply play(Viewing viewing, RtspRequest request) {
        if (session.isEmpty()) {
            return RtspReply.refused(454);
        }
        return RtspReply.ok()
                .header("Range", "npt=now-")
                .header("RTP-Info", session.get().play(baseUri(viewing, request)));
    }

    private static String baseUri(Viewing viewing, RtspRequest request) {
        int end = request.uri().length() - request.path().length();
        return request.uri().substring(0, end) + viewing.address().path();
    }

    private String sessionHeader(Session session) {
        long seconds = attached.orElseThrow().spec().sessions().timeout().toSeconds();
        return "%s;timeout=%d".formatted(session.id(), seconds);
    }

    private void endIfTornDown(RtspRequest request) {
        if (request.method().equals("TEARDOWN")) {
            session.ifPresent(Session::close);
            session = Optional.empty();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        session.ifPresent(Session::close);
        attached.ifPresent(
                viewing -> {
                    viewing.address().detach(context.channel());
                    viewing.camera().giveBack(viewing);
                });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        String camera = attached.map(c -> c.spec().name()).orElse("(none)");
        LOG.info("Camera {}: connection closed: {}", camera, cause.toString());
        context.close();
    }
}
