package io.gapless.rtsp;

import io.gapless.media.GapCause;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;

/** Finds hosts without blocking an event loop: the operating system's resolver blocks. */
final class NameResolution {
    private NameResolution() {}

    /**
     * @param host a name, or an address, which is answered at once
     * @return completes on any thread, or fails with {@link SessionFailure}
     */
    static CompletableFuture<InetSocketAddress> resolve(String host, int port) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (NetUtil.isValidIpV4Address(bare) || NetUtil.isValidIpV6Address(bare)) {
            return CompletableFuture.completedFuture(lookUp(bare, port));
        }
        return Blocking.call(() -> lookUp(bare, port));
    }

    private static InetSocketAddress lookUp(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new SessionFailure(
                    GapCause.CAMERA_UNREACHABLE,
                    "is not reachable: host %s is unknown".formatted(host));
        }
    }
}
