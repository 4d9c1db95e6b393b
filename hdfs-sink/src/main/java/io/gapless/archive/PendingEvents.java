package io.gapless.archive;

import io.gapless.media.CameraEvent;
import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * A camera's events that wait for an IO thread, in order and bounded. The task's thread and an IO
 * thread meet here.
 */
final class PendingEvents {
    private final long boundBytes;
    private final ArrayDeque<CameraEvent> events = new ArrayDeque<>();

    /** Of those that wait and those the IO thread has taken but not yet acknowledged. */
    private long bytes;

    private boolean dropped;

    PendingEvents(long boundBytes) {
        this.boundBytes = boundBytes;
    }

    synchronized void add(CameraEvent event) {
        events.addLast(event);
        bytes += sizeBytes(event);
    }

    /**
     * Takes the oldest waiting fragment out if there is too much; the next one will say that there
     * is a gap before it. What an IO thread has taken stays.
     */
    synchronized Optional<Fragment> dropIfTooMuch() {
        if (bytes <= boundBytes) {
            return Optional.empty();
        }
        Optional<Fragment> oldest =
                events.stream()
                        .filter(Fragment.class::isInstance)
                        .map(Fragment.class::cast)
                        .findFirst();
        oldest.ifPresent(this::drop);
        return oldest;
    }

    private void drop(Fragment fragment) {
        events.removeFirstOccurrence(fragment);
        bytes -= fragment.sizeBytes();
        dropped = true;
    }

    /** The next event, or nothing. Its bytes count until they are {@link #acknowledged}. */
    synchronized Optional<CameraEvent> poll() {
        CameraEvent event = events.pollFirst();
        if (dropped && event instanceof Fragment fragment) {
            dropped = false;
            return Optional.of(
                    fragment.withHeader(
                            fragment.header()
                                    .withGapBefore(Optional.of(GapCause.STORAGE_STALLED))));
        }
        return Optional.ofNullable(event);
    }

    synchronized boolean isEmpty() {
        return events.isEmpty();
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized void acknowledged(CameraEvent event) {
        bytes -= sizeBytes(event);
    }

    static long sizeBytes(CameraEvent event) {
        return event instanceof Fragment fragment ? fragment.sizeBytes() : 0;
    }
}
