package io.gapless.rtsp;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Where a camera sends us. */
final class Redirections {
    private Redirections() {}

    /** Empty unless it is another {@code rtsp} URL with a host, from which user data is taken. */
    static Optional<URI> target(URI from, String location) {
        try {
            URI to = from.resolve(location.strip());
            boolean usable = "rtsp".equalsIgnoreCase(to.getScheme()) && to.getHost() != null;
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
