package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

/**
 * A camera's user and password. Neither is shown by {@link #toString}, so that they cannot slip
 * into a log, a state or a message.
 */
public final class Credentials {
    private final String user;
    private final String password;

    public Credentials(String user, String password) {
        this.user = requireNonNull(user, "user is null");
        this.password = requireNonNull(password, "password is null");
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Credentials other
                && user.equals(other.user)
                && password.equals(other.password);
    }

    @Override
    public int hashCode() {
        return 31 * user.hashCode() + password.hashCode();
    }

    @Override
    public String toString() {
        return "credentials";
    }
}
