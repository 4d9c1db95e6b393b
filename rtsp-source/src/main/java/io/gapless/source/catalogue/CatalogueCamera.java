package io.gapless.source.catalogue;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.rtsp.CameraSettings;
import io.gapless.rtsp.Credentials;
import io.gapless.rtsp.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A camera as the catalogue describes it, its password still unread. */
public final class CatalogueCamera {
    private final CameraId id;
    private final URI uri;
    private final Optional<User> user;
    private final Transport transport;
    private final Duration inactivityTimeout;
    private final Duration connectTimeout;
    private final boolean audio;
    private final String place;

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
     * @param place file and line, for messages
     */
    CatalogueCamera(
            CameraId id,
            URI uri,
            Optional<User> user,
            Transport transport,
            Duration inactivityTimeout,
            Duration connectTimeout,
            boolean audio,
            String place) {
        this.id = id;
        this.uri = uri;
        this.user = user;
        this.transport = transport;
        this.inactivityTimeout = inactivityTimeout;
        this.connectTimeout = connectTimeout;
        this.audio = audio;
        this.place = place;
    }

    public CameraId id() {
        return id;
    }

    /**
     * The settings with the password, read from where this host has it. May read a file.
     *
     * @throws CatalogueException if this host does not have it
     */
    public CameraSettings settings() throws CatalogueException {
        return settings(System::getenv);
    }

    CameraSettings settings(UnaryOperator<String> environment) throws CatalogueException {
        return new CameraSettings(
                id,
                uri,
                credentials(environment),
                transport,
                inactivityTimeout,
                connectTimeout,
                audio);
    }

    private Optional<Credentials> credentials(UnaryOperator<String> environment)
            throws CatalogueException {
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
