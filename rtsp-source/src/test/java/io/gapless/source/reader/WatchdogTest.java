package io.gapless.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class WatchdogTest {
    private static final int PATIENCE = 5;

    private final List<Thread> stuck = new ArrayList<>();
    private final Watchdog watchdog = new Watchdog(Duration.ofSeconds(PATIENCE), stuck::add);
    private final FakeWheel wheel = new FakeWheel();

    private static final class FakeWheel implements Watchdog.Wheel {
        private final Thread thread = new Thread("fake");
        private boolean turns = true;

        @Override
        public boolean turned() {
            return turns;
        }

        @Override
        public Thread thread() {
            return thread;
        }
    }

    @AfterEach
    void close() {
        watchdog.close();
    }

    @Test
    void accusesOnceWhoStandsStillForTooManyLooksInARow() {
        watchdog.watch(wheel);
        look(1);
        wheel.turns = false;
        look(PATIENCE - 1);
        wheel.turns = true;
        look(1);
        wheel.turns = false;
        look(PATIENCE - 1);
        assertThat(stuck).isEmpty();
        look(3);
        assertThat(stuck).containsExactly(wheel.thread);
    }

    @Test
    void leavesAloneWhoIsNoLongerWatched() {
        wheel.turns = false;
        watchdog.watch(wheel);
        look(PATIENCE - 1);
        watchdog.forget(wheel);
        look(PATIENCE);
        assertThat(stuck).isEmpty();
    }

    @Test
    void itsFigureGrowsOnlyWhileAllTurn() {
        FakeWheel other = new FakeWheel();
        watchdog.watch(wheel);
        watchdog.watch(other);
        look(2);
        other.turns = false;
        look(2);
        assertThat(watchdog.turns()).isEqualTo(2);
        other.turns = true;
        look(1);
        assertThat(watchdog.turns()).isEqualTo(3);
    }

    @Test
    void anEventLoopIsStuckInATaskThatDoesNotEnd() throws Exception {
        DefaultEventLoop loop = new DefaultEventLoop();
        CountDownLatch deadlock = new CountDownLatch(1);
        watchdog.watch(new EventLoopWheel(loop));
        look(1);
        Thread thread = loop.submit(Thread::currentThread).get();
        loop.execute(() -> awaitQuietly(deadlock));
        look(PATIENCE + 2);
        assertThat(stuck).containsExactly(thread);

        deadlock.countDown();
        loop.submit(() -> {}).get();
        look(1);
        loop.submit(() -> {}).get();
        long before = watchdog.turns();
        look(1);
        assertThat(watchdog.turns()).isEqualTo(before + 1);
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
    }

    @Test
    void aTaskIsStuckWhenItNeitherAsksForVideoNorWaitsForWork() {
        AtomicBoolean hears = new AtomicBoolean(true);
        AtomicReference<TaskWheel> task = new AtomicReference<>();
        task.set(
                new TaskWheel(
                        () -> {
                            if (hears.get()) {
                                task.get().turn();
                            }
                        }));
        task.get().turn();
        watchdog.watch(task.get());
        look(2 * PATIENCE);
        assertThat(stuck).isEmpty();
        hears.set(false);
        look(PATIENCE);
        assertThat(stuck).isEmpty();
        look(1);
        assertThat(stuck).containsExactly(Thread.currentThread());
    }

    @Test
    void aTaskThatWaitsForWorkIsNotStuck() {
        StackTraceElement[] idle = {
            call("jdk.internal.misc.Unsafe", "park"),
            call("org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl", "take"),
            call("org.apache.flink.streaming.runtime.tasks.StreamTask", "runMailboxLoop")
        };
        StackTraceElement[] busy = {
            call("java.lang.Object", "wait"),
            call("org.apache.flink.streaming.runtime.tasks.StreamTask", "runMailboxLoop")
        };
        assertThat(TaskWheel.waits(idle)).isTrue();
        assertThat(TaskWheel.waits(busy)).isFalse();
    }

    private static StackTraceElement call(String type, String method) {
        return new StackTraceElement(type, method, null, -1);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watchdog.look();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
