package io.gapless.archive.hold;

import io.gapless.media.MediaMemory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A recorder without an archive, as a process of its own: spills until it is killed. */
final class SpillingProcess {
    private static final long BUDGET = 8L << 20;
    private static final long PAUSE_NANOS = 1_000_000;

    /** Of video in a fragment. */
    static final int BYTES = 120_000;

    private SpillingProcess() {}

    /** Prints what it has spilt; ends with its standard input. */
    public static void main(String[] arguments) throws IOException {
        SpillOptions spill = new SpillOptions(List.of(arguments[0]), 100L << 20);
        MediaMemory memory = new MediaMemory(BUDGET);
        try (VideoHold hold = VideoHold.start(HoldLimits.RECORDER, spill, System::nanoTime)) {
            MadeVideo video = new MadeVideo("gate", memory);
            HeldEvents events = hold.camera(video.camera(), change -> {}, dropped -> {});
            while (System.in.available() == 0) {
                if (memory.usedBytes() <= BUDGET / 2) {
                    events.add(video.next(BYTES));
                }
                System.out.println(hold.spilledBytes());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
