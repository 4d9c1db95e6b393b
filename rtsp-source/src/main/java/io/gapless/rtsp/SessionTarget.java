package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * What to dial, and how to ask for media first.
 *
 * @param mayFallBackToTcp if nothing comes over UDP
 */
record SessionTarget(URI uri, boolean udp, boolean mayFallBackToTcp) {
    SessionTarget {
        requireNonNull(uri, "uri is null");
    }

    /** Whether it is dialled with TLS, and all media is to stay within that connection. */
    static boolean isSecure(URI uri) {
        return "rtsps".equalsIgnoreCase(uri.getScheme());
    }

    static SessionTarget of(CameraSettings settings) {
        boolean udp = settings.transport() == Transport.UDP;
        return new SessionTarget(settings.uri(), udp, udp);
    }

    SessionTarget withUdp(boolean nowUdp) {
        return new SessionTarget(uri, nowUdp, mayFallBackToTcp && nowUdp);
    }

    SessionTarget at(URI other) {
        SessionTarget there = new SessionTarget(other, udp, mayFallBackToTcp);
        return isSecure(other) ? there.overTcp() : there;
    }

    SessionTarget overTcp() {
        return withUdp(false);
    }
}
