package io.gapless.job;

import io.gapless.ring.server.RingServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of a ring in this process, which the subtasks that write the ring share. Counted: it
 * serves from the first to the last. What keeps it from serving never keeps a subtask from
 * recording; it is logged once and tried again.
 *
 * <p>The one static place of the ring's service; its lock guards the count and is never held for
 * long.
 */
final class SharedRingServer {
    private static final Logger LOG = LoggerFactory.getLogger(SharedRingServer.class);
    private static final Map<RingService, SharedRingServer> BY_SERVICE = new HashMap<>();
    private static final int RETRY_SECONDS = 10;

    private final RingService service;
    private final ScheduledThreadPoolExecutor starting;
    private int users;

    // Owned by the starting thread, until that has ended.
    private Optional<RingServer> server = Optional.empty();
    private String complaint = "";

    private SharedRingServer(RingService service) {
        this.service = service;
        this.starting =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, "ring-server-start");
                            thread.setDaemon(true);
                            return thread;
                        });
        starting.execute(this::start);
    }

    private void start() {
        try {
            RingServer made = service.server();
            server = Optional.of(made);
            made.startWhenFree();
        } catch (IllegalArgumentException e) {
            if (!complaint.equals(e.getMessage())) {
                complaint = String.valueOf(e.getMessage());
                LOG.error("The {} is not served: {}", service, complaint);
            }
            retry();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends by itself, or with the executor
    private void retry() {
        if (!starting.isShutdown()) {
            starting.schedule(this::start, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void close() {
        starting.shutdownNow();
        try {
            if (starting.awaitTermination(1, TimeUnit.SECONDS)) {
                server.ifPresent(RingServer::close);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** To be given back once, with {@link #release}. */
    static SharedRingServer acquire(RingService service) {
        synchronized (BY_SERVICE) {
            SharedRingServer shared = BY_SERVICE.computeIfAbsent(service, SharedRingServer::new);
            shared.users++;
            return shared;
        }
    }

    /** Waits some seconds for the server's end if this was the last share. */
    void release() {
        boolean last;
        synchronized (BY_SERVICE) {
            users--;
            last = users == 0;
            if (last) {
                BY_SERVICE.remove(service, this);
            }
        }
        if (last) {
            close();
        }
    }
}
