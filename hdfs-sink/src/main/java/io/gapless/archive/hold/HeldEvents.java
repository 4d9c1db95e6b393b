package io.gapless.archive.hold;

import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * One camera's events that the archive has not acknowledged, in order: some waiting, the first ones
 * perhaps taken by the thread that writes. Made by a {@link VideoHold}, whose lock guards them.
 */
public final class HeldEvents {
    private final VideoHold hold;
    private final CameraId camera;
    private final LongConsumer change;
    private final LongConsumer dropped;
    private final ArrayDeque<HeldEvent> waiting = new ArrayDeque<>();

    /** Of what waits and what is taken, wherever it lies. */
    private long bytes;

    /** Of what waits in memory. */
    private long waitingInMemoryBytes;

    private GapCause lossCause = GapCause.STORAGE_STALLED;

    /** Why what comes next has a gap before it. */
    private Optional<GapCause> gapBeforeNext = Optional.empty();

    HeldEvents(VideoHold hold, CameraId camera, LongConsumer change, LongConsumer dropped) {
        this.hold = hold;
        this.camera = camera;
        this.change = change;
        this.dropped = dropped;
    }

    CameraId camera() {
        return camera;
    }

    /** Takes an event over. May drop other events, of any camera, if memory is short. */
    public void add(CameraEvent event) {
        synchronized (hold) {
            if (event instanceof Fragment fragment) {
                append(HeldFragment.inMemory(fragment));
                hold.added(fragment.videoData().memory());
            } else if (event instanceof Interruption interruption) {
                note(new HeldEvent.Note(interruption));
            }
        }
    }

    /** What a dead process left of this camera. */
    public void adopt(List<HeldFragment> fragments) {
        synchronized (hold) {
            fragments.forEach(this::append);
        }
    }

    private void append(HeldFragment fragment) {
        gapBeforeNext.ifPresent(fragment::declareGapBefore);
        gapBeforeNext = Optional.empty();
        waiting.addLast(fragment);
        grow(fragment.sizeBytes());
        countWaiting(fragment, 1);
    }

    /** The first of several tells where the gap begins and why; the others add nothing. */
    private void note(HeldEvent.Note note) {
        if (!(waiting.peekLast() instanceof HeldEvent.Note)) {
            waiting.addLast(note);
        }
    }

    /** The next event, or nothing; it is held until it is {@link #acknowledged}. */
    public Optional<HeldEvent> poll() {
        synchronized (hold) {
            HeldEvent event = waiting.pollFirst();
            if (event instanceof HeldFragment fragment) {
                countWaiting(fragment, -1);
                fragment.take();
            }
            return Optional.ofNullable(event);
        }
    }

    /** The archive has it: what it takes is given back. */
    public void acknowledged(HeldEvent event) {
        synchronized (hold) {
            forget(event);
        }
    }

    private void forget(HeldEvent event) {
        grow(-event.sizeBytes());
        if (event instanceof HeldFragment fragment) {
            fragment.release();
        }
    }

    /** Events that were taken wait again, before all others, in their order. */
    public void putBack(Deque<HeldEvent> taken) {
        synchronized (hold) {
            while (!taken.isEmpty()) {
                HeldEvent event = taken.removeLast();
                waiting.addFirst(event);
                if (event instanceof HeldFragment fragment) {
                    fragment.putBack();
                    countWaiting(fragment, 1);
                }
            }
        }
    }

    /** A fragment that was taken is gone; the next one says so. */
    public void lost(HeldFragment fragment) {
        synchronized (hold) {
            forget(fragment);
            dropped.accept(fragment.sizeBytes());
            declareGap(waiting.iterator());
        }
    }

    /** Why the archive does not take video; what is dropped from now on is dropped for that. */
    public void stalledBy(GapCause cause) {
        synchronized (hold) {
            lossCause = cause;
        }
    }

    public boolean isEmpty() {
        synchronized (hold) {
            return waiting.isEmpty();
        }
    }

    public long bytes() {
        synchronized (hold) {
            return bytes;
        }
    }

    /**
     * Gives all memory back. What lies on a disk is left to the next writer of the camera's
     * archive. Nothing may be taken when this is called.
     */
    public void close() {
        synchronized (hold) {
            List<HeldFragment> onDisk = new ArrayList<>();
            for (HeldEvent event : waiting) {
                grow(-event.sizeBytes());
                if (event instanceof HeldFragment fragment) {
                    countWaiting(fragment, -1);
                    if (fragment.isInMemory()) {
                        fragment.release();
                    } else {
                        onDisk.add(fragment);
                    }
                }
            }
            waiting.clear();
            hold.closed(this, onDisk);
        }
    }

    // What follows is called under the hold's lock.

    long heldBytes() {
        return bytes;
    }

    long waitingInMemoryBytes() {
        return waitingInMemoryBytes;
    }

    /** What will be needed last of what could be moved to a disk. */
    Optional<HeldFragment> newestInMemory() {
        for (Iterator<HeldEvent> each = waiting.descendingIterator(); each.hasNext(); ) {
            if (each.next() instanceof HeldFragment fragment && isMovable(fragment)) {
                return Optional.of(fragment);
            }
        }
        return Optional.empty();
    }

    private static boolean isMovable(HeldFragment fragment) {
        return fragment.isInMemory() && !fragment.isSpilling();
    }

    void movedToDisk(HeldFragment fragment) {
        waitingInMemoryBytes -= fragment.sizeBytes();
        hold.waitingInMemoryGrew(-fragment.sizeBytes());
    }

    /** Whether there was one that memory could be had from. */
    boolean dropOldestInMemory() {
        return dropOldest(HeldEvents::isMovable);
    }

    /** Whether there was one. */
    boolean dropOldest() {
        return dropOldest(fragment -> !fragment.isSpilling());
    }

    private boolean dropOldest(Predicate<HeldFragment> which) {
        for (Iterator<HeldEvent> each = waiting.iterator(); each.hasNext(); ) {
            if (each.next() instanceof HeldFragment fragment && which.test(fragment)) {
                each.remove();
                countWaiting(fragment, -1);
                forget(fragment);
                dropped.accept(fragment.sizeBytes());
                declareGap(each);
                return true;
            }
        }
        return false;
    }

    private void declareGap(Iterator<HeldEvent> following) {
        while (following.hasNext()) {
            if (following.next() instanceof HeldFragment fragment) {
                fragment.declareGapBefore(lossCause);
                return;
            }
        }
        gapBeforeNext = Optional.of(lossCause);
    }

    private void grow(long more) {
        bytes += more;
        change.accept(more);
    }

    private void countWaiting(HeldFragment fragment, int sign) {
        if (fragment.isInMemory()) {
            waitingInMemoryBytes += sign * fragment.sizeBytes();
            hold.waitingInMemoryGrew(sign * fragment.sizeBytes());
        }
    }
}
