package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.GapCause;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where a camera multicasts a track.
 *
 * @param rtpPort even as a rule; RTCP has the next one, unless {@code rtcpPort} says otherwise
 */
record MulticastGroup(InetAddress address, int rtpPort, int rtcpPort) {
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;
    private static final int LAST_PORT = 65_535;

    MulticastGroup {
        requireNonNull(address, "address is null");
    }

    /**
     * As the answer to SETUP says, or the session description where it says nothing.
     *
     * @throws SessionFailure if there is no such place
     */
    static MulticastGroup of(TransportReply reply, TrackPlan.Announced announced) {
        Optional<InetAddress> address =
                reply.destination().or(announced::address).flatMap(MulticastGroup::address);
        Optional<TransportReply.Pair> ports = reply.ports().or(announced::ports);
        return address.flatMap(a -> ports.map(p -> new MulticastGroup(a, p.rtp(), p.rtcp())))
                .filter(MulticastGroup::isPossible)
                .orElseThrow(
                        () ->
                                new SessionFailure(
                                        GapCause.CAMERA_PROTOCOL,
                                        "names no multicast group and ports that can be joined"));
    }

    private boolean isPossible() {
        return address.isMulticastAddress() && isPossible(rtpPort) && isPossible(rtcpPort);
    }

    private static boolean isPossible(int port) {
        return port >= FIRST_UNPRIVILEGED_PORT && port <= LAST_PORT;
    }

    /** Of digits alone: nothing a camera writes is looked up. */
    private static Optional<InetAddress> address(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
