package io.gapless.archive;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** How long the calling thread waits; that it works, or gets no processor, does not count. */
public final class WaitedTime {
    private WaitedTime() {}

    public static Duration of(Runnable steps) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        threads.setThreadContentionMonitoringEnabled(true);
        long self = Thread.currentThread().getId();
        long before = threads.getThreadInfo(self).getWaitedTime();
        steps.run();
        return Duration.ofMillis(threads.getThreadInfo(self).getWaitedTime() - before);
    }
}
