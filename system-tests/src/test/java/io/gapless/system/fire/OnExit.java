package io.gapless.system.fire;

import java.util.concurrent.atomic.AtomicBoolean;

/** Something that is undone when it is closed, or else when this process ends, but once. */
final class OnExit implements AutoCloseable {
    private final Runnable undoing;
    private final AtomicBoolean undone = new AtomicBoolean();
    private final Thread hook = new Thread(this::undo, "undo");

    OnExit(Runnable undoing) {
        this.undoing = undoing;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void undo() {
        if (undone.compareAndSet(false, true)) {
            undoing.run();
        }
    }

    @Override
    public void close() {
        undo();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is ending already.
        }
    }
}
