package io.gapless.archive;

import io.gapless.archive.hold.VideoHold;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * What the parts of a writer share.
 *
 * @param hold which may be others', too
 * @param pendingBytes of all cameras
 * @param firstBug the first exception that was no fault of the store
 */
record WriterContext(
        String writerId,
        ArchiveWriterOptions options,
        InstantSource wallClock,
        LongSupplier nanoTicker,
        ArchiveWriterMetrics metrics,
        VideoHold hold,
        UnfinishedRecordings unfinished,
        AtomicLong pendingBytes,
        AtomicReference<Throwable> firstBug) {

    /** To be thrown at the task's next call, as an IO thread has nobody to throw to. */
    void bug(Throwable failure) {
        firstBug.compareAndSet(null, failure);
    }
}
