package io.gapless.rtsp;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Where a camera sends us. */
final class Redirections {
    private Redirections() {}

    /**
     * Empty unless it is another {@code rtsp} or {@code rtsps} URL with a host, from which user
     * data is taken; and nobody is led away from {@code rtsps}.
     */
    static Optional<URI> target(URI from, String location) {
        if (location.isBlank()) {
            return Optional.empty();
        }
        try {
            URI to = from.resolve(location.strip());
            boolean plain = "rtsp".equalsIgnoreCase(to.getScheme());
            boolean known = SessionTarget.isSecure(to) || (plain && !SessionTarget.isSecure(from));
            boolean usable = known && to.getHost() != null;
            URI bare =
                    new URI(
                            to.getScheme(),
                            null,
                            to.getHost(),
                            to.getPort(),
                            to.getPath(),
                            to.getQuery(),
                            null);
            return usable && !bare.equals(from) ? Optional.of(bare) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
