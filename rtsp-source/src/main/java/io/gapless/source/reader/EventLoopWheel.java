package io.gapless.source.reader;

import io.netty.util.concurrent.EventExecutor;

/** Turns with each task that an event loop does for us. */
final class EventLoopWheel implements Watchdog.Wheel {
    private final EventExecutor loop;
    private volatile boolean turned = true;
    private volatile Thread thread;

    EventLoopWheel(EventExecutor loop) {
        this.loop = loop;
    }

    @Override
    public boolean turned() {
        if (!turned) {
            return false;
        }
        turned = false;
        loop.execute(this::turn);
        return true;
    }

    private void turn() {
        thread = Thread.currentThread();
        turned = true;
    }

    @Override
    public Thread thread() {
        return thread;
    }
}
