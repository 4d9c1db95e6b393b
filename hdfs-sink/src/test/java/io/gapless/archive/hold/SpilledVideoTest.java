package io.gapless.archive.hold;

import static io.gapless.archive.hold.HeldVideo.BUDGET;
import static io.gapless.archive.hold.HeldVideo.BYTES;
import static io.gapless.archive.hold.HeldVideo.HALF;
import static io.gapless.archive.hold.HeldVideo.await;
import static io.gapless.archive.hold.HeldVideo.numbers;
import static io.gapless.archive.hold.HeldVideo.pollAll;
import static io.gapless.archive.hold.HeldVideo.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits on disks, and disks that are full, fail, hang and lie. */
class SpilledVideoTest {
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
    void whatIsSpiltComesBackInOrderAndByteForByte() throws Exception {
        VideoHold hold = held.hold(100L << 20);
        HeldEvents events = held.camera(hold, held.video());
        held.recordSlowly(events, 300);
        assertThat(held.memory().highWaterBytes()).isLessThan(BUDGET * 6 / 10);
        assertThat(hold.spilledBytes()).isGreaterThan(200L * BYTES);
        assertThat(held.files()).isEqualTo(hold.spilledBytes() / BYTES);

        List<HeldFragment> all = pollAll(events);
        assertThat(numbers(all)).isEqualTo(range(0, 300));
        MediaTime start = all.get(0).header().start();
        for (HeldFragment fragment : all) {
            assertThat(HeldVideo.bytes(fragment.open(), start)).isEqualTo(held.expected(fragment));
            assertThat(fragment.header().gapBefore()).isEmpty();
            events.acknowledged(fragment);
        }
        await("the files are deleted", () -> held.files() == 0);
        assertThat(hold.spilledBytes()).isZero();
        assertThat(held.dropped()).hasValue(0);
    }

    @Test
    void whenDisksAreFullTheTimelineHasOneGapBeforeTheNewest() {
        VideoHold hold = held.hold(50L * BYTES + 50_000);
        HeldEvents events = held.camera(hold, held.video());
        HeldFragment first = head(events);
        held.recordSlowly(events, 399);
        assertThat(held.files()).isEqualTo(50);
        assertThat(hold.spilledBytes()).isLessThanOrEqualTo(hold.spillBudgetBytes());
        assertThat(hold.spilledHighWaterBytes()).isLessThanOrEqualTo(hold.spillBudgetBytes());
        List<HeldFragment> left = pollAll(events);
        assertThat(numbers(left)).isEqualTo(range(400 - left.size(), 400));
        assertThat(left.size()).isBetween(50 + 25, 50 + 33);
        assertThat(left.stream().filter(f -> f.header().gapBefore().isPresent()))
                .containsExactly(left.get(0));
        events.acknowledged(first);
        left.forEach(events::acknowledged);
    }

    @Test
    void aDiskThatFailsCostsNothingButItsRoomAndIsTriedAgain() {
        held.disk().failing = true;
        VideoHold hold = held.hold(100L << 20);
        HeldEvents events = held.camera(hold, held.video());
        held.record(events, held.video(), 300);
        assertThat(held.memory().highWaterBytes()).isLessThan(BUDGET * 85 / 100);
        await("it is seen to fail", () -> hold.failedDisks() == 1);
        assertThat(hold.spilledBytes()).isZero();
        assertThat(held.dropped().get()).isPositive();

        held.disk().failing = false;
        held.disk().nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        await("it is tried again", () -> hold.failedDisks() == 0);
        await("memory is below the mark", () -> held.memory().usedBytes() <= HALF);
        List<HeldFragment> left = pollAll(events);
        assertThat(numbers(left)).isEqualTo(range(300 - left.size(), 300));
        left.forEach(events::acknowledged);
    }

    @Test
    void aDiskThatHangsHoldsUpNobody() {
        held.disk().stuck = true;
        VideoHold hold = held.hold(100L << 20);
        HeldEvents events = held.camera(hold, held.video());
        held.record(events, held.video(), 300);
        await("it hangs", () -> held.disk().hanging.get() == 1);
        assertThat(held.memory().highWaterBytes()).isLessThan(BUDGET * 85 / 100);

        List<HeldFragment> left = pollAll(events);
        assertThat(left.get(left.size() - 1).header().sequence()).isEqualTo(299);
        left.forEach(events::acknowledged);
        assertThat(held.memory().usedBytes()).isLessThan(4L * MediaMemory.CHUNK_BYTES);
        held.disk().stuck = false;
        await("the last one is given back", () -> held.memory().usedBytes() == 0);
        await("what was of no use is deleted", () -> held.files() == 0);
    }

    @Test
    void whatIsTakenIsNeitherSpiltNorDropped() {
        VideoHold hold = held.hold(100L << 20);
        HeldEvents events = held.camera(hold, held.video());
        List<HeldFragment> taken = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            held.record(events, held.video(), 1);
            taken.add((HeldFragment) events.poll().orElseThrow());
        }
        held.record(events, held.video(), 10);
        await("what waits is spilt", () -> held.memory().usedBytes() <= HALF);
        assertThat(held.files()).isBetween(7L, 10L);
        assertThat(taken).allMatch(HeldFragment::isInMemory);
        taken.forEach(events::acknowledged);
    }

    @Test
    void aFragmentThatCannotBeReadBackIsAGap() throws Exception {
        HeldEvents events = held.camera(held.hold(100L << 20), held.video());
        held.recordSlowly(events, 80);
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(path -> path.toString().endsWith(".mp4")).toList()) {
                Files.write(file, new byte[100]);
            }
        }
        List<HeldFragment> whole = new ArrayList<>();
        Optional<HeldEvent> next = events.poll();
        while (next.isPresent()) {
            HeldFragment fragment = (HeldFragment) next.get();
            if (fragment.isInMemory()) {
                whole.add(fragment);
            } else {
                assertThatThrownBy(fragment::open).isInstanceOf(SpillLostException.class);
                events.lost(fragment);
            }
            next = events.poll();
        }
        for (int i = 1; i < whole.size(); i++) {
            boolean follows =
                    whole.get(i).header().sequence() == whole.get(i - 1).header().sequence() + 1;
            assertThat(whole.get(i).header().gapBefore().isEmpty()).isEqualTo(follows);
        }
        whole.forEach(events::acknowledged);
        events.add(held.video().next(BYTES));
        HeldFragment after = (HeldFragment) events.poll().orElseThrow();
        events.acknowledged(after);
    }

    @Test
    void whatADeadProcessHadSpiltIsFoundAgain() throws Exception {
        VideoHold dead = held.hold(100L << 20);
        HeldEvents events = held.camera(dead, held.video());
        held.recordSlowly(events, 100);
        List<HeldFragment> inMemory =
                pollAll(events).stream().filter(HeldFragment::isInMemory).toList();
        inMemory.forEach(events::acknowledged);
        long spilt = held.files();
        assertThat(spilt).isEqualTo(100 - inMemory.size());
        dead.close();
        await("its place is given up", () -> SpillClaimTest.isFree(directory));
        Path torn = SpillClaimTest.onlyPlace(directory).resolve("gate/999.mp4");
        Files.write(torn, new byte[5000]);

        VideoHold heir = held.hold(100L << 20);
        AtomicLong found = new AtomicLong();
        await(
                "it is found",
                () -> {
                    Map<?, List<HeldFragment>> leftovers = heir.takeLeftovers();
                    leftovers
                            .values()
                            .forEach(
                                    list -> {
                                        HeldEvents rescued = held.camera(heir, held.video());
                                        rescued.adopt(list);
                                        for (HeldFragment each : pollAll(rescued)) {
                                            assertReadable(each);
                                            rescued.acknowledged(each);
                                            found.incrementAndGet();
                                        }
                                    });
                    return found.get() == spilt;
                });
        await("all files are deleted", () -> held.files() == 0);
        assertThat(heir.spilledBytes()).isZero();
        held.bytes().set(0);
    }

    private void assertReadable(HeldFragment fragment) {
        MediaTime start = held.startOfAll();
        try {
            assertThat(HeldVideo.bytes(fragment.open(), start)).hasSizeGreaterThan(BYTES);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void livingProcessesKeepTheirSpill() {
        VideoHold one = held.hold(100L << 20);
        HeldEvents events = held.camera(one, held.video());
        held.recordSlowly(events, 100);
        VideoHold other = held.hold(100L << 20);
        HeldEvents more = held.camera(other, held.video());
        held.record(more, held.video(), 100);
        await("the other spills", () -> other.spilledBytes() > 0);
        assertThat(other.takeLeftovers()).isEmpty();
        List<HeldFragment> first = pollAll(events);
        assertThat(numbers(first)).isEqualTo(range(0, 100));
        first.forEach(events::acknowledged);
    }

    private HeldFragment head(HeldEvents events) {
        held.record(events, held.video(), 1);
        return (HeldFragment) events.poll().orElseThrow();
    }
}
