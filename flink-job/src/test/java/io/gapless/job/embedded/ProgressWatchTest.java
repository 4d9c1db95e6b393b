package io.gapless.job.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProgressWatchTest {
    private final ArrayDeque<CompletableFuture<OptionalLong>> asked = new ArrayDeque<>();
    private Duration used = Duration.ZERO;
    private final ProgressWatch watch =
            new ProgressWatch(
                    () -> {
                        asked.add(new CompletableFuture<>());
                        return asked.getLast();
                    },
                    () -> used,
                    ProgressWatch.MOST_STILL);

    private long figure;

    @Test
    void whoProgressesIsLeftAlone() {
        for (int i = 0; i < 1000; i++) {
            assertThat(watch.poll()).isEmpty();
            progresses();
        }
    }

    @Test
    void whoFallsSilentIsGivenUp() {
        watch.poll();
        progresses();
        poll(ProgressWatch.MOST_SILENT);
        assertThat(watch.poll())
                .contains("has not answered for %d s".formatted(ProgressWatch.MOST_SILENT));
        assertThat(asked).as("one question at a time").hasSize(2);
    }

    @Test
    void whoIsSilentAndWorksHasLonger() {
        watch.poll();
        progresses();
        for (int i = 0; i < ProgressWatch.MOST_SILENT_AT_WORK; i++) {
            assertThat(watch.poll()).isEmpty();
            used = used.plusMillis(20);
        }
        assertThat(watch.poll())
                .contains("has not answered for %d s".formatted(ProgressWatch.MOST_SILENT_AT_WORK));
    }

    @Test
    void whoFreezesAfterMuchWorkIsGivenUpAsSoon() {
        watch.poll();
        progresses();
        used = Duration.ofSeconds(2);
        poll(ProgressWatch.MOST_SILENT);
        assertThat(watch.poll()).isPresent();
    }

    @Test
    void progressIsKnown() {
        watch.poll();
        asked.getLast().complete(OptionalLong.empty());
        watch.poll();
        assertThat(watch.hasProgressed()).as("it answered, and could not tell").isFalse();
        progresses();
        watch.poll();
        assertThat(watch.hasProgressed()).isTrue();
        asked.getLast().complete(OptionalLong.empty());
        watch.poll();
        assertThat(watch.hasProgressed()).as("once is enough").isTrue();
    }

    /** A connection that is refused is no answer; the process ends, or it is as good as dead. */
    @Test
    void whoRefusesConnectionsAfterAllIsGivenUp() {
        watch.poll();
        progresses();
        Optional<String> complaint = Optional.empty();
        for (int i = 0; i <= ProgressWatch.MOST_SILENT; i++) {
            assertThat(complaint).isEmpty();
            complaint = watch.poll();
            fails();
        }
        assertThat(complaint).isPresent();
    }

    @Test
    void aSlowAnswerIsOne() {
        watch.poll();
        progresses();
        for (int i = 0; i < 50; i++) {
            poll(ProgressWatch.MOST_SILENT - 1);
            progresses();
        }
    }

    @Test
    void whoStartsHasLonger() {
        for (int i = 0; i < ProgressWatch.MOST_STILL - 1; i++) {
            assertThat(watch.poll()).isEmpty();
            fails();
        }
        assertThat(watch.poll()).isPresent();
    }

    @Test
    void whoAnswersAndStandsStillIsGivenUpLater() {
        watch.poll();
        progresses();
        for (int i = 0; i < ProgressWatch.MOST_STILL; i++) {
            assertThat(watch.poll()).isEmpty();
            asked.getLast().complete(OptionalLong.of(figure));
        }
        assertThat(watch.poll())
                .contains("has made no progress for %d s".formatted(ProgressWatch.MOST_STILL));
    }

    /** Its tasks were restarted, and count anew. */
    @Test
    void aFigureThatFallsIsProgress() {
        for (int i = 0; i < 3 * ProgressWatch.MOST_STILL; i++) {
            assertThat(watch.poll()).isEmpty();
            asked.getLast().complete(OptionalLong.of(i % 2));
        }
    }

    private void poll(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(watch.poll()).isEmpty();
        }
    }

    private void progresses() {
        asked.getLast().complete(OptionalLong.of(++figure));
    }

    private void fails() {
        asked.getLast().completeExceptionally(new IOException("Connection refused"));
    }
}
