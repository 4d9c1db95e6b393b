package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * What to dial, and how to ask for media first.
 *
 * @param mayFallBackToTcp if nothing comes over UDP
 */
record SessionTarget(URI uri, MediaWay way, boolean mayFallBackToTcp) {
    SessionTarget {
        requireNonNull(uri, "uri is null");
        requireNonNull(way, "way is null");
    }

    /** Whether it is dialled with TLS, and all media is to stay within that connection. */
    static boolean isSecure(URI uri) {
        return "rtsps".equalsIgnoreCase(uri.getScheme());
    }

    static SessionTarget of(CameraSettings settings) {
        MediaWay way = MediaWay.of(settings.transport());
        return new SessionTarget(settings.uri(), way, way != MediaWay.INTERLEAVED);
    }

    SessionTarget by(MediaWay newWay) {
        return new SessionTarget(uri, newWay, mayFallBackToTcp && newWay != MediaWay.INTERLEAVED);
    }

    SessionTarget at(URI other) {
        SessionTarget there = new SessionTarget(other, way, mayFallBackToTcp);
        return isSecure(other) ? there.overTcp() : there;
    }

    SessionTarget overTcp() {
        return by(MediaWay.INTERLEAVED);
    }
}
