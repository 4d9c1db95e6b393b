package io.gapless.archive;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraEvent;
import io.gapless.media.Fragment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Writes cameras' events into the archive.
 *
 * <p>{@link #write}, {@link #recover} and {@link #close} belong to one thread, the task's; none but
 * {@code close} ever waits.
 */
public final class ArchiveWriter {
    /**
     * @param connector called by IO threads until it succeeds; its archive is closed with the
     *     writer
     * @param writerId {@code [a-wyz0-9]{1,32}}, never used before in this archive
     * @param nanoTicker elapsed time in nanoseconds
     */
    public ArchiveWriter(
            ArchiveConnector connector,
            ArchiveWriterOptions options,
            String writerId,
            InstantSource wallClock,
            LongSupplier nanoTicker,
            ArchiveWriterMetrics metrics) {
        requireNonNull(connector, "connector is null");
        requireNonNull(options, "options is null");
        requireNonNull(wallClock, "wallClock is null");
        requireNonNull(nanoTicker, "nanoTicker is null");
        requireNonNull(metrics, "metrics is null");
        RecordingName.checkWriterId(writerId);
    }

    /** Takes an event over; never blocks. */
    public void write(CameraEvent event) {
        if (event instanceof Fragment fragment) {
            fragment.release();
        }
    }

    /** Finishes recordings that a writer before this one had open; in the background. */
    public void recover(Collection<OpenRecording> recordings) {
        requireNonNull(recordings, "recordings is null");
    }

    /** What somebody else would have to finish if this writer died now. Any thread. */
    public List<OpenRecording> openRecordings() {
        return List.of();
    }

    /** Bytes of video that the store has not acknowledged. Any thread. */
    public long pendingBytes() {
        return 0;
    }

    /** Cameras whose last attempt to write failed. Any thread. */
    public int stalledCameras() {
        return 0;
    }

    /** Writes what is pending and finishes all recordings, or gives up at the deadline. */
    public void close(Duration deadline) {
        requireNonNull(deadline, "deadline is null");
    }
}
