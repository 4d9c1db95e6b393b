package io.gapless.ring.server;

import io.gapless.ring.access.RingSecret;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may ask. Client certificates were checked by TLS before anything can be asked; here is the
 * secret. A host that is refused is logged once until it is let in. Safe for any number of threads.
 */
final class AccessControl {
    private static final Logger LOG = LoggerFactory.getLogger(AccessControl.class);

    /** More hosts than these are refused without a line each. */
    private static final int REMEMBERED_HOSTS = 1000;

    private final Optional<RingSecret> secret;
    private final Set<InetAddress> refused = ConcurrentHashMap.newKeySet();

    AccessControl(Optional<RingSecret> secret) {
        this.secret = secret;
    }

    boolean admits(HttpRequest request, SocketAddress from) {
        List<String> shown = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
        boolean admitted =
                secret.isEmpty() || (shown.size() == 1 && secret.get().isShownBy(shown.get(0)));
        if (admitted) {
            admitted(from);
        } else {
            refused(from, "it shows no secret, or a wrong one");
        }
        return admitted;
    }

    private void admitted(SocketAddress from) {
        if (!refused.isEmpty()
                && from instanceof InetSocketAddress host
                && refused.remove(host.getAddress())) {
            LOG.info("Ring: {} is let in again", host.getAddress().getHostAddress());
        }
    }

    void refused(SocketAddress from, String why) {
        if (from instanceof InetSocketAddress host
                && refused.size() < REMEMBERED_HOSTS
                && refused.add(host.getAddress())) {
            LOG.warn("Ring: {} is refused: {}", host.getAddress().getHostAddress(), why);
        }
    }
}
