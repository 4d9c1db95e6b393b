package io.gapless.source.reader;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Turns whenever the thread of a Flink task, which made it, asks for video. */
final class TaskWheel implements Watchdog.Wheel {
    /**
     * Where a task waits for something to do: for video, or, when it has been stopped with a
     * savepoint, for the savepoint. There it hears everything and is not stuck.
     */
    private static final String WAITING =
            "org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl";

    private final Thread thread = Thread.currentThread();
    private final AtomicLong turns = new AtomicLong();
    private final Runnable wake;
    private long seen;

    /**
     * @param wake makes the task ask for video, if it waits for some
     */
    TaskWheel(Runnable wake) {
        this.wake = wake;
    }

    /** The task's thread comes by; costs nothing. */
    void turn() {
        turns.lazySet(turns.getPlain() + 1);
    }

    /** The stack is read in need only: that stops all threads for a moment. */
    @Override
    public boolean turned() {
        long now = turns.get();
        boolean turned = now != seen || waits(thread.getStackTrace());
        seen = now;
        wake.run();
        return turned;
    }

    static boolean waits(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(
                        call ->
                                call.getClassName().equals(WAITING)
                                        && call.getMethodName().equals("take"));
    }

    @Override
    public Thread thread() {
        return thread;
    }
}
