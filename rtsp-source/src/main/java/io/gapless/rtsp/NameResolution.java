package io.gapless.rtsp;

import io.gapless.media.GapCause;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Finds hosts without blocking an event loop: the operating system's resolver blocks. */
final class NameResolution {
    private static final int THREADS = 8;
    private static final Executor BLOCKING = blockingExecutor();

    private NameResolution() {}

    private static Executor blockingExecutor() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        new DefaultThreadFactory("camera-names", true));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * @param host a name, or an address, which is answered at once
     * @return completes on any thread, or fails with {@link SessionFailure}
     */
    static CompletableFuture<InetSocketAddress> resolve(String host, int port) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (NetUtil.isValidIpV4Address(bare) || NetUtil.isValidIpV6Address(bare)) {
            return CompletableFuture.completedFuture(lookUp(bare, port));
        }
        return CompletableFuture.supplyAsync(() -> lookUp(bare, port), BLOCKING);
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
