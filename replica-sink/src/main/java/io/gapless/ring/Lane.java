package io.gapless.ring;

import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.fmp4.FragmentEncoder;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;

/** What one writer has of one camera. Guarded by the lock of the {@link RingQueue}. */
final class Lane {
    final CameraId camera;
    final RingMetrics metrics;

    /** Where its next segment will be, or its open one is. */
    Optional<Disk> disk = Optional.empty();

    /** Its open segment, unless a disk's thread is at it. */
    Optional<Segment> segment = Optional.empty();

    /** What a disk's thread is doing for it now. */
    Optional<Turn> turn = Optional.empty();

    /** Whether it waits for its turn. */
    boolean ready;

    /** Whether its segment is to be finished when nothing waits. */
    boolean finishing;

    /** Whether nothing will come any more. */
    boolean closing;

    long lastEventNanos;

    private final ArrayDeque<CameraEvent> pending = new ArrayDeque<>();
    private long pendingBytes;
    private boolean gap;

    Lane(CameraId camera, RingMetrics metrics) {
        this.camera = camera;
        this.metrics = metrics;
    }

    static long sizeBytes(CameraEvent event) {
        return event instanceof Fragment fragment ? FragmentEncoder.sizeBytes(fragment) : 0;
    }

    void add(CameraEvent event) {
        pending.addLast(event);
        pendingBytes += sizeBytes(event);
    }

    /** Puts back what could not be written, to be the next. */
    void putBack(CameraEvent event) {
        pending.addFirst(event);
        pendingBytes += sizeBytes(event);
    }

    Optional<CameraEvent> peek() {
        return Optional.ofNullable(pending.peekFirst());
    }

    /** The next event; after a loss a fragment says so. */
    CameraEvent take() {
        CameraEvent event = pending.removeFirst();
        pendingBytes -= sizeBytes(event);
        if (gap && event instanceof Fragment fragment) {
            gap = false;
            return fragment.withHeader(
                    fragment.header().withGapBefore(Optional.of(GapCause.STORAGE_STALLED)));
        }
        return event;
    }

    /** Takes the oldest waiting fragment out. */
    Optional<Fragment> drop() {
        Iterator<CameraEvent> events = pending.iterator();
        while (events.hasNext()) {
            if (events.next() instanceof Fragment fragment) {
                events.remove();
                pendingBytes -= sizeBytes(fragment);
                lost(fragment);
                return Optional.of(fragment);
            }
        }
        return Optional.empty();
    }

    /** A fragment will not be in the ring, as far as is known; the next one says so. */
    void lost(Fragment fragment) {
        gap = true;
        metrics.fragmentDropped(camera, sizeBytes(fragment));
    }

    /** Of fragments that wait. */
    long pendingBytes() {
        return pendingBytes;
    }

    boolean hasWork() {
        return !pending.isEmpty() || (segment.isPresent() && finishing);
    }

    /** Whether the next event goes into the open segment, or begins one. */
    boolean nextFits() {
        return peek().filter(this::fits).isPresent();
    }

    private boolean fits(CameraEvent event) {
        return segment.isEmpty()
                || !(event instanceof Fragment fragment)
                || segment.get().takes(fragment);
    }

    /** Interruptions before a segment's first fragment: there is nothing that they interrupt. */
    void dropPointless() {
        while (segment.isEmpty() && pending.peekFirst() instanceof Interruption) {
            pending.removeFirst();
        }
    }

    boolean isOn(Disk other) {
        return disk.filter(d -> d == other).isPresent();
    }

    void place(Optional<Disk> newDisk) {
        disk.ifPresent(d -> d.forget(this));
        ready = false;
        disk = newDisk;
        newDisk.ifPresent(d -> d.lanes++);
    }

    /** Leaves its segment to its disk's thread, to save what can be saved. */
    void abandonSegment() {
        segment.ifPresent(s -> disk.ifPresent(d -> d.abandon(s)));
        segment = Optional.empty();
    }

    /** Goes on without what a disk's thread is at; that thread still owns it. */
    void detach() {
        turn.flatMap(Turn::event)
                .filter(Fragment.class::isInstance)
                .map(Fragment.class::cast)
                .ifPresent(this::lost);
        turn = Optional.empty();
    }

    void begin(Turn newTurn) {
        turn = Optional.of(newTurn);
        segment = Optional.empty();
    }

    /** A camera that has fallen silent gives its place up, to be placed anew when it comes back. */
    void end(Optional<Segment> newSegment) {
        turn = Optional.empty();
        segment = newSegment;
        if (segment.isEmpty() && finishing && pending.isEmpty()) {
            finishing = closing;
            place(Optional.empty());
        }
    }

    boolean isDone() {
        return pending.isEmpty() && segment.isEmpty() && turn.isEmpty();
    }
}
