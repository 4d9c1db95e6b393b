package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * One camera, as the catalogue describes it. Equal settings need no new session.
 *
 * @param uri an {@code rtsp} URL with a host and without user information; sent to the camera as it
 *     is written
 * @param inactivityTimeout the session ends if no media comes for so long; more than 0
 * @param connectTimeout for the TCP connection and for each answer of the camera; more than 0
 * @param audio whether to record sound beside the pictures, if the camera offers any
 */
public record CameraSettings(
        CameraId id,
        URI uri,
        Optional<Credentials> credentials,
        Transport transport,
        Duration inactivityTimeout,
        Duration connectTimeout,
        boolean audio) {
    public static final Duration DEFAULT_INACTIVITY_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    public CameraSettings {
        requireNonNull(id, "id is null");
        requireNonNull(uri, "uri is null");
        requireNonNull(credentials, "credentials is null");
        requireNonNull(transport, "transport is null");
        requirePositive(inactivityTimeout, "inactivityTimeout");
        requirePositive(connectTimeout, "connectTimeout");
        // The messages leave the URL out: what stands in it may be a password.
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the URL of camera %s must not contain user information".formatted(id));
        }
        if (!"rtsp".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "the URL of camera %s must start with rtsp:// and name a host".formatted(id));
        }
    }

    /** A camera with default settings: transport AUTO, with sound. */
    public static CameraSettings of(CameraId id, URI uri, Optional<Credentials> credentials) {
        return new CameraSettings(
                id,
                uri,
                credentials,
                Transport.AUTO,
                DEFAULT_INACTIVITY_TIMEOUT,
                DEFAULT_CONNECT_TIMEOUT,
                true);
    }

    private static void requirePositive(Duration duration, String name) {
        requireNonNull(duration, () -> name + " is null");
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("%s is %s".formatted(name, duration));
        }
    }
}
