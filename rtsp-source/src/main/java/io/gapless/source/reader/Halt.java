package io.gapless.source.reader;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up a process one of whose threads is stuck: whoever keeps it alive (Flink, systemd,
 * Kubernetes, {@code nvr up}) starts another one. It asks nobody, for whoever were asked might be
 * stuck, too.
 */
final class Halt implements Consumer<Thread> {
    private static final Logger LOG = LoggerFactory.getLogger(Halt.class);

    /** EX_SOFTWARE of sysexits.h. */
    private static final int STATUS = 70;

    private final Duration patience;

    Halt(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void accept(Thread stuck) {
        try {
            LOG.error(
                    "thread {} has stood still for {}; this process is given up\n{}",
                    stuck == null ? "of an event loop" : stuck.getName(),
                    patience,
                    stuck == null ? "" : stack(stuck));
        } finally {
            Runtime.getRuntime().halt(STATUS);
        }
    }

    private static String stack(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .map(call -> "\tat " + call)
                .collect(Collectors.joining("\n", thread.getState() + "\n", ""));
    }
}
