package io.gapless.archive.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Cameras' video on its way through holds of a process with little memory. */
final class HeldVideo implements AutoCloseable {
    static final int BYTES = 120_000;
    static final long BUDGET = 8L << 20;
    static final long HALF = BUDGET / 2;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path directory;
    private final MediaMemory memory = new MediaMemory(BUDGET);
    private final MediaMemory others = new MediaMemory(64L << 20);
    private final FakeDisk disk = new FakeDisk();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final List<VideoHold> holds = new ArrayList<>();
    private final List<HeldEvents> cameras = new ArrayList<>();
    private final MadeVideo video = new MadeVideo("gate", memory);

    HeldVideo(Path directory) {
        this.directory = directory;
    }

    MediaMemory memory() {
        return memory;
    }

    FakeDisk disk() {
        return disk;
    }

    /** That cameras have been told of. */
    AtomicLong bytes() {
        return bytes;
    }

    AtomicLong dropped() {
        return dropped;
    }

    /** Of a camera. */
    MadeVideo video() {
        return video;
    }

    VideoHold hold(long spillBytes) {
        SpillOptions spill =
                spillBytes == 0
                        ? SpillOptions.NONE
                        : new SpillOptions(List.of(directory.toString()), spillBytes);
        VideoHold hold = VideoHold.start(HoldLimits.RECORDER, spill, disk, disk.nanos::get);
        holds.add(hold);
        return hold;
    }

    HeldEvents camera(VideoHold hold, MadeVideo of) {
        HeldEvents events =
                hold.camera(of.camera(), bytes::addAndGet, lost -> dropped.incrementAndGet());
        cameras.add(events);
        return events;
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** As a camera does that gets no memory: the test fails if the hold lets it come to that. */
    void record(HeldEvents events, MadeVideo of, int fragments) {
        for (int i = 0; i < fragments; i++) {
            events.add(of.next(BYTES));
        }
    }

    /** No faster than the disk takes what does not fit. */
    void recordSlowly(HeldEvents events, int fragments) {
        for (int i = 0; i < fragments; i++) {
            record(events, video, 1);
            await("memory is below the mark", () -> memory.usedBytes() <= HALF);
        }
    }

    static List<HeldFragment> pollAll(HeldEvents events) {
        List<HeldFragment> polled = new ArrayList<>();
        Optional<HeldEvent> next = events.poll();
        while (next.isPresent()) {
            polled.add((HeldFragment) next.get());
            next = events.poll();
        }
        return polled;
    }

    static List<Long> numbers(List<HeldFragment> fragments) {
        return fragments.stream().map(fragment -> fragment.header().sequence()).toList();
    }

    static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    static byte[] bytes(FragmentBytes opened, MediaTime start) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (opened) {
            out.writeBytes(opened.boxes(start, 7).array());
            opened.copyTo(piece -> Channels.newChannel(out).write(piece));
        }
        return out.toByteArray();
    }

    byte[] expected(HeldFragment of) throws IOException {
        MadeVideo again = new MadeVideo("gate", others);
        Fragment fragment = again.of(of.header().sequence(), BYTES);
        MediaTime start = startOfAll();
        byte[] expected = bytes(new MemoryBytes(fragment, of.header()), start);
        fragment.release();
        return expected;
    }

    MediaTime startOfAll() {
        Fragment first = new MadeVideo("gate", others).of(0, 1);
        first.release();
        return first.header().start();
    }

    /** Of fragments, on the disk. */
    long files() {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(".mp4")).count();
        } catch (UncheckedIOException e) {
            return files(); // something was deleted while it walked
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        disk.stuck = false;
        cameras.forEach(HeldEvents::close);
        holds.forEach(VideoHold::close);
        await("all memory is back", () -> memory.usedBytes() == 0);
        assertThat(bytes).hasValue(0);
    }
}
