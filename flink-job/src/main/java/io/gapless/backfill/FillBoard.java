package io.gapless.backfill;

import io.gapless.media.stitch.Fill;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What is to be fetched: the oldest first, for its copy expires first, and each camera's in order,
 * by one thread at a time. For any thread.
 */
final class FillBoard {
    /** What is to be fetched for one camera; owned by the board, or by who took it. */
    static final class Work {
        private final CameraBackfill camera;
        private final ArrayDeque<Fill<RingCopy>> fills;

        Work(CameraBackfill camera, List<Fill<RingCopy>> fills) {
            this.camera = camera;
            this.fills = new ArrayDeque<>(fills);
        }

        CameraBackfill camera() {
            return camera;
        }

        /** The oldest fill. */
        Fill<RingCopy> next() {
            return fills.removeFirst();
        }

        boolean isDone() {
            return fills.isEmpty();
        }

        private long start() {
            return fills.getFirst().placed().start().ticks90k();
        }
    }

    private final PriorityQueue<Work> oldestFirst =
            new PriorityQueue<>(Comparator.comparing(Work::start));

    /**
     * @param work that is not done
     */
    synchronized void put(Work work) {
        oldestFirst.add(work);
        notify();
    }

    /** Waits for work. */
    synchronized Work take() throws InterruptedException {
        while (oldestFirst.isEmpty()) {
            wait();
        }
        return oldestFirst.remove();
    }
}
