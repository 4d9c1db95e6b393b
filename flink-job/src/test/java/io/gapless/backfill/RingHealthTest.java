package io.gapless.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator reads of a ring: one line for each change of its state, with the reason. */
final class RingHealthTest {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LogManager.getRootLogger();
    private final AbstractAppender appender =
            new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    if (event.getLoggerName().equals(RingHealth.class.getName())) {
                        lines.add(event.getMessage().getFormattedMessage());
                    }
                }
            };

    private final Level before = root.getLevel();
    private long nanos = 1;
    private final RingHealth health = new RingHealth("there", () -> nanos);

    @BeforeEach
    void listen() {
        appender.start();
        root.addAppender(appender);
        Configurator.setRootLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        root.removeAppender(appender);
        Configurator.setRootLevel(before);
        appender.stop();
    }

    @Test
    void anotherReasonIsAnotherLineAndTheSameOneIsNone() {
        fail(RingFault.FAILED, "it fails itself (500)");
        fail(RingFault.FAILED, "it fails itself (502)");
        fail(RingFault.LYING_LIST, "its listing has no end");
        fail(RingFault.BUSY, "it has no capacity now (503)");
        assertThat(health.answered()).isTrue();
        assertThat(health.answered()).isFalse();
        assertThat(lines)
                .containsExactly(
                        "Ring there is failing: it fails itself (500)",
                        "Ring there is not to be believed, its list cannot be right:"
                                + " its listing has no end",
                        "Ring there is busy: it has no capacity now (503)",
                        "Ring there answers again after 4 failures");
    }

    @Test
    void wrongFragmentsAreNewsOnceAndNoReasonToLeaveTheRingAlone() {
        fail(RingFault.LYING, "fragment 1: wrong digest");
        fail(RingFault.LYING, "fragment 2: wrong digest");
        fail(RingFault.GONE, "fragment 3: not there");
        assertThat(health.mayBeAsked()).isTrue();
        assertThat(lines).singleElement().asString().contains("fragment 1: wrong digest");
        nanos += RingHealth.HONEST_FOR.toNanos() + 1;
        fail(RingFault.LYING, "fragment 4: wrong digest");
        assertThat(lines).hasSize(2);
        assertThat(health.errors()).isEqualTo(4);
    }

    private void fail(RingFault fault, String why) {
        health.failed(new RingFailure(fault, why));
    }
}
