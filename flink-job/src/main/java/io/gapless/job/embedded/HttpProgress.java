package io.gapless.job.embedded;

import io.gapless.job.embedded.JsonOverHttp.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Progress that is told over HTTP; asked on a thread of its own, one question at a time. */
final class HttpProgress implements Progress {
    /** Finds the figure in what a server tells. */
    @FunctionalInterface
    interface Reading {
        OptionalLong read(JsonOverHttp server) throws IOException, InterruptedException;
    }

    /** Longer than anybody's patience: who waits for an answer counts for himself. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final JsonOverHttp server;
    private final Reading reading;
    private final Executor asking =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread thread = new Thread(task, "progress");
                        thread.setDaemon(true);
                        return thread;
                    });

    HttpProgress(URI server, Reading reading) {
        this.server = new JsonOverHttp(server, TIMEOUT);
        this.reading = reading;
    }

    @Override
    public CompletableFuture<OptionalLong> ask() {
        return CompletableFuture.supplyAsync(this::read, asking);
    }

    private OptionalLong read() {
        try {
            return reading.read(server);
        } catch (Refused e) {
            // It answers; what it was asked for may come and go with its job.
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }
}
