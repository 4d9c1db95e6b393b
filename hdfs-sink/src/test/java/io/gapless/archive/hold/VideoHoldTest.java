package io.gapless.archive.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoHoldTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BYTES = 120_000;
    private static final long BUDGET = 8L << 20;
    private static final long HALF = BUDGET / 2;

    @TempDir private Path directory;
    private final MediaMemory memory = new MediaMemory(BUDGET);
    private final MediaMemory others = new MediaMemory(64L << 20);
    private final FakeDisk disk = new FakeDisk();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final List<VideoHold> holds = new ArrayList<>();
    private final List<HeldEvents> cameras = new ArrayList<>();
    private final MadeVideo video = new MadeVideo("gate", memory);

    @AfterEach
    void close() {
        disk.stuck = false;
        cameras.forEach(HeldEvents::close);
        holds.forEach(VideoHold::close);
        await("all memory is back", () -> memory.usedBytes() == 0);
        assertThat(held).hasValue(0);
    }

    private VideoHold hold(long spillBytes) {
        SpillOptions spill =
                spillBytes == 0
                        ? SpillOptions.NONE
                        : new SpillOptions(List.of(directory.toString()), spillBytes);
        VideoHold hold = VideoHold.start(HoldLimits.RECORDER, spill, disk, disk.nanos::get);
        holds.add(hold);
        return hold;
    }

    private HeldEvents camera(VideoHold hold, MadeVideo of) {
        HeldEvents events =
                hold.camera(of.camera(), held::addAndGet, bytes -> dropped.incrementAndGet());
        cameras.add(events);
        return events;
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** As a camera does that gets no memory: the test fails if the hold lets it come to that. */
    private void record(HeldEvents events, MadeVideo of, int fragments) {
        for (int i = 0; i < fragments; i++) {
            events.add(of.next(BYTES));
        }
    }

    /** No faster than the disk takes what does not fit. */
    private void recordSlowly(HeldEvents events, int fragments) {
        for (int i = 0; i < fragments; i++) {
            record(events, video, 1);
            await("memory is below the mark", () -> memory.usedBytes() <= HALF);
        }
    }

    private static List<HeldFragment> pollAll(HeldEvents events) {
        List<HeldFragment> polled = new ArrayList<>();
        Optional<HeldEvent> next = events.poll();
        while (next.isPresent()) {
            polled.add((HeldFragment) next.get());
            next = events.poll();
        }
        return polled;
    }

    private static List<Long> numbers(List<HeldFragment> fragments) {
        return fragments.stream().map(fragment -> fragment.header().sequence()).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static byte[] bytes(FragmentBytes opened, MediaTime start) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (opened) {
            out.writeBytes(opened.boxes(start, 7).array());
            opened.copyTo(bytes -> Channels.newChannel(out).write(bytes));
        }
        return out.toByteArray();
    }

    private byte[] expected(HeldFragment of) throws IOException {
        MadeVideo again = new MadeVideo("gate", others);
        Fragment fragment = again.of(of.header().sequence(), BYTES);
        MediaTime start = startOfAll();
        byte[] bytes = bytes(new MemoryBytes(fragment, of.header()), start);
        fragment.release();
        return bytes;
    }

    private MediaTime startOfAll() {
        Fragment first = new MadeVideo("gate", others).of(0, 1);
        first.release();
        return first.header().start();
    }

    private long files() {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(".mp4")).count();
        } catch (UncheckedIOException e) {
            return files(); // something was deleted while it walked
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsSpiltComesBackInOrderAndByteForByte() throws Exception {
        VideoHold hold = hold(100L << 20);
        HeldEvents events = camera(hold, video);
        recordSlowly(events, 300);
        assertThat(memory.highWaterBytes()).isLessThan(BUDGET * 6 / 10);
        assertThat(hold.spilledBytes()).isGreaterThan(200L * BYTES);
        assertThat(files()).isEqualTo(hold.spilledBytes() / BYTES);

        List<HeldFragment> all = pollAll(events);
        assertThat(numbers(all)).isEqualTo(range(0, 300));
        MediaTime start = all.get(0).header().start();
        for (HeldFragment fragment : all) {
            assertThat(bytes(fragment.open(), start)).isEqualTo(expected(fragment));
            assertThat(fragment.header().gapBefore()).isEmpty();
            events.acknowledged(fragment);
        }
        await("the files are deleted", () -> files() == 0);
        assertThat(hold.spilledBytes()).isZero();
        assertThat(dropped).hasValue(0);
    }

    @Test
    void withoutDisksTheOldestGoesAndTheNextSaysSo() {
        HeldEvents events = camera(hold(0), video);
        record(events, video, 500);
        assertThat(memory.highWaterBytes()).isLessThan(BUDGET * 85 / 100);
        List<HeldFragment> left = pollAll(events);
        assertThat(left.size()).isGreaterThan(45);
        assertThat(numbers(left)).isEqualTo(range(500 - left.size(), 500));
        assertThat(dropped).hasValue(500 - left.size());
        assertThat(left.get(0).header().gapBefore()).contains(GapCause.STORAGE_STALLED);
        assertThat(left.stream().skip(1).map(f -> f.header().gapBefore()))
                .containsOnly(Optional.empty());
        left.forEach(events::acknowledged);
    }

    @Test
    void theCameraThatHoldsMostGivesFirst() {
        VideoHold hold = hold(0);
        MadeVideo quiet = new MadeVideo("quiet", memory);
        HeldEvents small = camera(hold, quiet);
        HeldEvents large = camera(hold, video);
        for (int i = 0; i < 300; i++) {
            record(large, video, 1);
            if (i % 30 == 0) {
                record(small, quiet, 1);
            }
        }
        List<HeldFragment> kept = pollAll(small);
        assertThat(numbers(kept)).isEqualTo(range(0, 10));
        assertThat(large.bytes()).isGreaterThan(small.bytes());
        kept.forEach(small::acknowledged);
    }

    @Test
    void memoryThatOthersUseIsNotHeldAgainstTheLastQuarter() {
        HeldEvents events = camera(hold(0), video);
        List<Fragment> drafts = new ArrayList<>();
        for (int i = 0; i < 42; i++) {
            drafts.add(video.of(1, BYTES));
        }
        record(events, video, 60);
        assertThat(events.bytes()).isBetween(BUDGET / 4 - 2 * BYTES, BUDGET / 4 + 2 * BYTES);
        drafts.forEach(Fragment::release);
    }

    @Test
    void whenDisksAreFullTheTimelineHasOneGapBeforeTheNewest() {
        VideoHold hold = hold(50L * BYTES + 50_000);
        HeldEvents events = camera(hold, video);
        HeldFragment first = head(events);
        recordSlowly(events, 399);
        assertThat(files()).isEqualTo(50);
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

    private HeldFragment head(HeldEvents events) {
        record(events, video, 1);
        return (HeldFragment) events.poll().orElseThrow();
    }

    @Test
    void aDiskThatFailsCostsNothingButItsRoomAndIsTriedAgain() {
        disk.failing = true;
        VideoHold hold = hold(100L << 20);
        HeldEvents events = camera(hold, video);
        record(events, video, 300);
        assertThat(memory.highWaterBytes()).isLessThan(BUDGET * 85 / 100);
        await("it is seen to fail", () -> hold.failedDisks() == 1);
        assertThat(hold.spilledBytes()).isZero();
        assertThat(dropped.get()).isPositive();

        disk.failing = false;
        disk.nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        await("it is tried again", () -> hold.failedDisks() == 0);
        await("memory is below the mark", () -> memory.usedBytes() <= HALF);
        List<HeldFragment> left = pollAll(events);
        assertThat(numbers(left)).isEqualTo(range(300 - left.size(), 300));
        left.forEach(events::acknowledged);
    }

    @Test
    void aDiskThatHangsHoldsUpNobody() {
        disk.stuck = true;
        VideoHold hold = hold(100L << 20);
        HeldEvents events = camera(hold, video);
        record(events, video, 300);
        await("it hangs", () -> disk.hanging.get() == 1);
        assertThat(memory.highWaterBytes()).isLessThan(BUDGET * 85 / 100);

        List<HeldFragment> left = pollAll(events);
        assertThat(left.get(left.size() - 1).header().sequence()).isEqualTo(299);
        left.forEach(events::acknowledged);
        assertThat(memory.usedBytes()).isLessThan(4L * MediaMemory.CHUNK_BYTES);
        disk.stuck = false;
        await("the last one is given back", () -> memory.usedBytes() == 0);
        await("what was of no use is deleted", () -> files() == 0);
    }

    @Test
    void whatCouldNotBeWrittenWaitsAgainInItsPlace() {
        HeldEvents events = camera(hold(0), video);
        record(events, video, 5);
        ArrayDeque<HeldEvent> taken = new ArrayDeque<>();
        taken.add(events.poll().orElseThrow());
        taken.add(events.poll().orElseThrow());
        record(events, video, 1);
        events.putBack(taken);
        List<HeldFragment> all = pollAll(events);
        assertThat(numbers(all)).isEqualTo(range(0, 6));
        all.forEach(events::acknowledged);
    }

    @Test
    void whatIsTakenIsNeitherSpiltNorDropped() {
        VideoHold hold = hold(100L << 20);
        HeldEvents events = camera(hold, video);
        List<HeldFragment> taken = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            record(events, video, 1);
            taken.add((HeldFragment) events.poll().orElseThrow());
        }
        record(events, video, 10);
        await("what waits is spilt", () -> memory.usedBytes() <= HALF);
        assertThat(files()).isBetween(7L, 10L);
        assertThat(taken).allMatch(HeldFragment::isInMemory);
        taken.forEach(events::acknowledged);
    }

    @Test
    void aFragmentThatCannotBeReadBackIsAGap() throws Exception {
        HeldEvents events = camera(hold(100L << 20), video);
        recordSlowly(events, 80);
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
        events.add(video.next(BYTES));
        HeldFragment after = (HeldFragment) events.poll().orElseThrow();
        events.acknowledged(after);
    }

    @Test
    void interruptionsStayAndOneOfSeveralIsEnough() {
        HeldEvents events = camera(hold(0), video);
        Fragment first = video.next(BYTES);
        Interruption interruption =
                new Interruption(
                        video.camera(), first.header().end(), GapCause.CAMERA_SILENT, "silent");
        events.add(first);
        events.add(interruption);
        events.add(interruption);
        record(events, video, 500);
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

    @Test
    void whatADeadProcessHadSpiltIsFoundAgain() throws Exception {
        VideoHold dead = hold(100L << 20);
        HeldEvents events = camera(dead, video);
        recordSlowly(events, 100);
        List<HeldFragment> inMemory =
                pollAll(events).stream().filter(HeldFragment::isInMemory).toList();
        inMemory.forEach(events::acknowledged);
        long spilt = files();
        assertThat(spilt).isEqualTo(100 - inMemory.size());
        dead.close();
        await("its place is given up", () -> SpillClaimTest.isFree(directory));
        Path torn = SpillClaimTest.onlyPlace(directory).resolve("gate/999.mp4");
        Files.write(torn, new byte[5000]);

        VideoHold heir = hold(100L << 20);
        AtomicLong found = new AtomicLong();
        await(
                "it is found",
                () -> {
                    Map<?, List<HeldFragment>> leftovers = heir.takeLeftovers();
                    leftovers
                            .values()
                            .forEach(
                                    list -> {
                                        HeldEvents rescued = camera(heir, video);
                                        rescued.adopt(list);
                                        for (HeldFragment each : pollAll(rescued)) {
                                            assertReadable(each);
                                            rescued.acknowledged(each);
                                            found.incrementAndGet();
                                        }
                                    });
                    return found.get() == spilt;
                });
        await("all files are deleted", () -> files() == 0);
        assertThat(heir.spilledBytes()).isZero();
        held.addAndGet(-held.get());
    }

    private void assertReadable(HeldFragment fragment) {
        MediaTime start = startOfAll();
        try {
            assertThat(bytes(fragment.open(), start)).hasSizeGreaterThan(BYTES);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void livingProcessesKeepTheirSpill() {
        VideoHold one = hold(100L << 20);
        HeldEvents events = camera(one, video);
        recordSlowly(events, 100);
        VideoHold other = hold(100L << 20);
        HeldEvents more = camera(other, video);
        record(more, video, 100);
        await("the other spills", () -> other.spilledBytes() > 0);
        assertThat(other.takeLeftovers()).isEmpty();
        List<HeldFragment> first = pollAll(events);
        assertThat(numbers(first)).isEqualTo(range(0, 100));
        first.forEach(events::acknowledged);
    }
}
