package io.gapless.ring.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is under way against its bounds. Safe for any number of threads. */
final class Admission {
    private final RingServerLimits limits;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong busy = new AtomicLong();
    private final AtomicLong fragments = new AtomicLong();
    private final AtomicLong fragmentBytes = new AtomicLong();

    Admission(RingServerLimits limits) {
        this.limits = limits;
    }

    /** Whether there is room for one more connection; to be undone by {@link #disconnected}. */
    boolean connected() {
        return connections.incrementAndGet() <= limits.connections() || counted(busy);
    }

    /** So many connections that not even a refusal can be afforded. */
    boolean isHopeless() {
        return connections.get() > 2L * limits.connections();
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    /** Whether one more answer may begin; if so, to be undone by {@link #answered}. */
    boolean admitStream() {
        if (streams.incrementAndGet() <= limits.streams()) {
            return true;
        }
        streams.decrementAndGet();
        return counted(busy);
    }

    void answered() {
        streams.decrementAndGet();
    }

    private static boolean counted(AtomicLong counter) {
        counter.incrementAndGet();
        return false;
    }

    void requested() {
        requests.incrementAndGet();
    }

    void refused() {
        refused.incrementAndGet();
    }

    void busy() {
        busy.incrementAndGet();
    }

    void sent(long bytes) {
        fragments.incrementAndGet();
        fragmentBytes.addAndGet(bytes);
    }

    RingCounters counters(boolean serving) {
        return new RingCounters(
                serving,
                connections.get(),
                streams.get(),
                requests.get(),
                refused.get(),
                busy.get(),
                fragments.get(),
                fragmentBytes.get());
    }
}
