package io.gapless.simulator;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends a numbered series of things, each when it is due by a clock that does not drift. Owned by
 * one event loop.
 */
final class Pump {
    /** What is sent. */
    interface Series {
        /** When a number is due, in nanoseconds of the camera's clock. */
        long dueNanos(long number);

        void send(long number);
    }

    private final EventLoop eventLoop;
    private final CameraClock clock;
    private final Series series;
    private long next;
    private Future<?> timer;

    private Pump(EventLoop eventLoop, CameraClock clock, Series series, long first) {
        this.eventLoop = eventLoop;
        this.clock = clock;
        this.series = series;
        next = first;
    }

    static Pump start(EventLoop eventLoop, CameraClock clock, Series series, long first) {
        Pump pump = new Pump(eventLoop, clock, series, first);
        pump.await();
        return pump;
    }

    void stop() {
        timer.cancel(false);
    }

    private void await() {
        long nanos = series.dueNanos(next) - clock.elapsedNanos();
        timer = eventLoop.schedule(this::run, nanos, TimeUnit.NANOSECONDS);
    }

    private void run() {
        while (series.dueNanos(next) <= clock.elapsedNanos()) {
            series.send(next++);
        }
        await();
    }
}
