package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * One camera, as the catalogue describes it. Equal settings need no new session.
 *
 * @param uri an {@code rtsp} or {@code rtsps} URL with a host and without user information; sent to
 *     the camera as it is written
 * @param inactivityTimeout the session ends if no media comes for so long; more than 0
 * @param connectTimeout for the TCP connection and for each answer of the camera; more than 0
 * @param audio whether to record sound beside the pictures, if the camera offers any
 * @param trust which certificates count if the URL says {@code rtsps}, or a camera leads there
 * @param metadata whether to record ONVIF's metadata, if the camera offers any
 */
public record CameraSettings(
        CameraId id,
        URI uri,
        Optional<Credentials> credentials,
        Transport transport,
        Duration inactivityTimeout,
        Duration connectTimeout,
        boolean audio,
        Trust trust,
        boolean metadata) {
    public static final Duration DEFAULT_INACTIVITY_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

    public CameraSettings {
        requireNonNull(id, "id is null");
        requireNonNull(uri, "uri is null");
        requireNonNull(credentials, "credentials is null");
        requireNonNull(transport, "transport is null");
        requirePositive(inactivityTimeout, "inactivityTimeout");
        requirePositive(connectTimeout, "connectTimeout");
        requireNonNull(trust, "trust is null");
        // The messages leave the URL out: what stands in it may be a password.
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the URL of camera %s must not contain user information".formatted(id));
        }
        boolean secure = SessionTarget.isSecure(uri);
        if ((!secure && !"rtsp".equalsIgnoreCase(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "the URL of camera %s must start with rtsp:// or rtsps:// and name a host"
                            .formatted(id));
        }
        if (secure && !transport.staysInConnection()) {
            throw new IllegalArgumentException(
                    "camera %s cannot be dialled with rtsps and send over UDP".formatted(id));
        }
    }

    /** A camera without metadata. */
    public CameraSettings(
            CameraId id,
            URI uri,
            Optional<Credentials> credentials,
            Transport transport,
            Duration inactivityTimeout,
            Duration connectTimeout,
            boolean audio,
            Trust trust) {
        this(
                id,
                uri,
                credentials,
                transport,
                inactivityTimeout,
                connectTimeout,
                audio,
                trust,
                false);
    }

    /** A camera whose certificate, if it shows one, Java's authorities have to vouch for. */
    public CameraSettings(
            CameraId id,
            URI uri,
            Optional<Credentials> credentials,
            Transport transport,
            Duration inactivityTimeout,
            Duration connectTimeout,
            boolean audio) {
        this(
                id,
                uri,
                credentials,
                transport,
                inactivityTimeout,
                connectTimeout,
                audio,
                new Trust.SystemAuthorities());
    }

    /** A camera with default settings: transport AUTO, with sound, without metadata. */
    public static CameraSettings of(CameraId id, URI uri, Optional<Credentials> credentials) {
        return new CameraSettings(
                id,
                uri,
                credentials,
                Transport.AUTO,
                DEFAULT_INACTIVITY_TIMEOUT,
                DEFAULT_CONNECT_TIMEOUT,
                true,
                new Trust.SystemAuthorities());
    }

    public CameraSettings withTrust(Trust newTrust) {
        return new CameraSettings(
                id,
                uri,
                credentials,
                transport,
                inactivityTimeout,
                connectTimeout,
                audio,
                newTrust,
                metadata);
    }

    public CameraSettings withMetadata(boolean newMetadata) {
        return new CameraSettings(
                id,
                uri,
                credentials,
                transport,
                inactivityTimeout,
                connectTimeout,
                audio,
                trust,
                newMetadata);
    }

    private static void requirePositive(Duration duration, String name) {
        requireNonNull(duration, () -> name + " is null");
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("%s is %s".formatted(name, duration));
        }
    }
}
