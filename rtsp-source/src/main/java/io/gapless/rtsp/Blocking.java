package io.gapless.rtsp;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A few threads for what an event loop must not wait for: names, files, certificates. */
final class Blocking {
    private static final int THREADS = 8;
    private static final Executor EXECUTOR = newExecutor();

    private Blocking() {}

    private static Executor newExecutor() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        new DefaultThreadFactory("camera-dialling", true));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    static Executor executor() {
        return EXECUTOR;
    }

    /** Completes on one of the threads. */
    static <T> CompletableFuture<T> call(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, EXECUTOR);
    }
}
