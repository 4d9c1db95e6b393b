package io.gapless.source.catalogue;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.Origin;
import io.gapless.rtsp.CameraSettings;
import io.gapless.rtsp.Credentials;
import io.gapless.rtsp.Transport;
import io.gapless.rtsp.Trust;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A camera as the catalogue describes it, its password still unread. */
public final class CatalogueCamera {
    private final CameraId id;
    private final Address address;
    private final Address replicaAddress;
    private final Transport transport;
    private final Duration inactivityTimeout;
    private final Duration connectTimeout;
    private final boolean audio;
    private final boolean metadata;
    private final TrustSource trust;
    private final String place;

    /** Where and as whom a camera is dialled. */
    record Address(URI uri, Optional<User> user) {
        Address {
            requireNonNull(uri, "uri is null");
            requireNonNull(user, "user is null");
        }

        /** Leaves out everything but the host: a path may hold a password too. */
        @Override
        public String toString() {
            return "address of host " + uri.getHost();
        }
    }

    record User(String name, PasswordSource password) {
        User {
            requireNonNull(name, "name is null");
            requireNonNull(password, "password is null");
        }

        /** A user name may be a password in the wrong place. */
        @Override
        public String toString() {
            return "user";
        }
    }

    /**
     * @param replicaAddress where a replica dials it, {@code address} if nowhere else
     * @param place file and line, for messages
     */
    CatalogueCamera(
            CameraId id,
            Address address,
            Address replicaAddress,
            Transport transport,
            Duration inactivityTimeout,
            Duration connectTimeout,
            boolean audio,
            boolean metadata,
            TrustSource trust,
            String place) {
        this.id = id;
        this.address = address;
        this.replicaAddress = replicaAddress;
        this.transport = transport;
        this.inactivityTimeout = inactivityTimeout;
        this.connectTimeout = connectTimeout;
        this.audio = audio;
        this.metadata = metadata;
        this.trust = trust;
        this.place = place;
    }

    public CameraId id() {
        return id;
    }

    /**
     * The settings with the password, read from where this host has it. May read a file.
     *
     * @param origin of the recorder that dials, which may have an address of its own
     * @throws CatalogueException if this host does not have it
     */
    public CameraSettings settings(Origin origin) throws CatalogueException {
        return settings(origin, System::getenv);
    }

    CameraSettings settings(Origin origin, UnaryOperator<String> environment)
            throws CatalogueException {
        Address dialled =
                switch (origin) {
                    case PRIMARY -> address;
                    case REPLICA -> replicaAddress;
                };
        return new CameraSettings(
                id,
                dialled.uri,
                credentials(dialled.user, environment),
                transport,
                inactivityTimeout,
                connectTimeout,
                audio,
                trust(),
                metadata);
    }

    private Trust trust() throws CatalogueException {
        return trust.trust()
                .orElseThrow(
                        () ->
                                new CatalogueException(
                                        "%s: camera '%s': the file of 'trusted' cannot be read; create it or correct its path and permissions"
                                                .formatted(place, id)));
    }

    private Optional<Credentials> credentials(
            Optional<User> user, UnaryOperator<String> environment) throws CatalogueException {
        if (user.isEmpty()) {
            return Optional.empty();
        }
        PasswordSource source = user.get().password();
        Optional<String> password = source.password(environment);
        if (password.isEmpty()) {
            throw new CatalogueException(
                    "%s: camera '%s': %s".formatted(place, id, source.complaint()));
        }
        return Optional.of(new Credentials(user.get().name(), password.get()));
    }

    @Override
    public String toString() {
        return "camera " + id;
    }
}
