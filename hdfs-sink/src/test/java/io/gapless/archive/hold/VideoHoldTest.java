package io.gapless.archive.hold;

import static io.gapless.archive.hold.HeldVideo.BUDGET;
import static io.gapless.archive.hold.HeldVideo.BYTES;
import static io.gapless.archive.hold.HeldVideo.numbers;
import static io.gapless.archive.hold.HeldVideo.pollAll;
import static io.gapless.archive.hold.HeldVideo.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits in memory, and who gives way when there is too much of it. */
class VideoHoldTest {
    @TempDir private Path directory;
    private HeldVideo held;

    @BeforeEach
    void start() {
        held = new HeldVideo(directory);
    }

    @AfterEach
    void close() {
        held.close();
    }

    @Test
    void withoutDisksTheOldestGoesAndTheNextSaysSo() {
        HeldEvents events = held.camera(held.hold(0), held.video());
        held.record(events, held.video(), 500);
        assertThat(held.memory().highWaterBytes()).isLessThan(BUDGET * 85 / 100);
        List<HeldFragment> left = pollAll(events);
        assertThat(left.size()).isGreaterThan(45);
        assertThat(numbers(left)).isEqualTo(range(500 - left.size(), 500));
        assertThat(held.dropped()).hasValue(500 - left.size());
        assertThat(left.get(0).header().gapBefore()).contains(GapCause.STORAGE_STALLED);
        assertThat(left.stream().skip(1).map(f -> f.header().gapBefore()))
                .containsOnly(Optional.empty());
        left.forEach(events::acknowledged);
    }

    @Test
    void theCameraThatHoldsMostGivesFirst() {
        VideoHold hold = held.hold(0);
        MadeVideo quiet = new MadeVideo("quiet", held.memory());
        HeldEvents small = held.camera(hold, quiet);
        HeldEvents large = held.camera(hold, held.video());
        for (int i = 0; i < 300; i++) {
            held.record(large, held.video(), 1);
            if (i % 30 == 0) {
                held.record(small, quiet, 1);
            }
        }
        List<HeldFragment> kept = pollAll(small);
        assertThat(numbers(kept)).isEqualTo(range(0, 10));
        assertThat(large.bytes()).isGreaterThan(small.bytes());
        kept.forEach(small::acknowledged);
    }

    @Test
    void memoryThatOthersUseIsNotHeldAgainstTheLastQuarter() {
        HeldEvents events = held.camera(held.hold(0), held.video());
        List<Fragment> drafts = new ArrayList<>();
        for (int i = 0; i < 42; i++) {
            drafts.add(held.video().of(1, BYTES));
        }
        held.record(events, held.video(), 60);
        assertThat(events.bytes()).isBetween(BUDGET / 4 - 2 * BYTES, BUDGET / 4 + 2 * BYTES);
        drafts.forEach(Fragment::release);
    }

    @Test
    void whatCouldNotBeWrittenWaitsAgainInItsPlace() {
        HeldEvents events = held.camera(held.hold(0), held.video());
        held.record(events, held.video(), 5);
        ArrayDeque<HeldEvent> taken = new ArrayDeque<>();
        taken.add(events.poll().orElseThrow());
        taken.add(events.poll().orElseThrow());
        held.record(events, held.video(), 1);
        events.putBack(taken);
        List<HeldFragment> all = pollAll(events);
        assertThat(numbers(all)).isEqualTo(range(0, 6));
        all.forEach(events::acknowledged);
    }

    @Test
    void interruptionsStayAndOneOfSeveralIsEnough() {
        HeldEvents events = held.camera(held.hold(0), held.video());
        Fragment first = held.video().next(BYTES);
        Interruption interruption =
                new Interruption(
                        held.video().camera(),
                        first.header().end(),
                        GapCause.CAMERA_SILENT,
                        "silent");
        events.add(first);
        events.add(interruption);
        events.add(interruption);
        held.record(events, held.video(), 500);
        HeldEvent head = events.poll().orElseThrow();
        assertThat(head).isEqualTo(new HeldEvent.Note(interruption));
        assertThat(events.poll().orElseThrow())
                .isInstanceOfSatisfying(
                        HeldFragment.class,
                        fragment -> {
                            assertThat(fragment.header().gapBefore())
                                    .contains(GapCause.STORAGE_STALLED);
                            events.acknowledged(fragment);
                        });
    }
}
