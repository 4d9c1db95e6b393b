package io.gapless.archive;

import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.archive.hold.FragmentBytes;
import io.gapless.archive.hold.HeldFragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.fmp4.InitializationSegment;
import io.gapless.media.fmp4.RecordingTrailer;
import io.gapless.media.fmp4.RunEndBox;
import io.gapless.media.fmp4.StoredFragment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A recording while it is written, by {@link StoreThreads} whose deadline every method keeps. One
 * thread at a time: the camera's, then the one that finishes it. After any exception it can only be
 * {@linkplain #abandon abandoned}.
 */
final class RecordingStream {
    private static final long FILL_STEP_MAX_TICKS = MediaTime.ticks(Duration.ofMinutes(1));

    private final OpenRecording recording;
    private final StreamConfiguration configuration;
    private final MediaTime start;
    private final RecordingOutput out;
    private final List<StoredFragment> fragments = new ArrayList<>();
    private final List<Interruption> interruptions = new ArrayList<>();
    private boolean begun;
    private long flushedBytes;
    private int initialReplication;

    private RecordingStream(OpenRecording recording, HeldFragment first, RecordingOutput out) {
        this.recording = recording;
        this.configuration = first.configuration();
        this.start = first.header().start();
        this.out = out;
    }

    /**
     * Creates the file, which is to {@link #begin}.
     *
     * @param first the fragment that the caller will append first
     */
    static RecordingStream create(
            Archive archive,
            StoreThreads threads,
            ArchiveWriterOptions options,
            OpenRecording recording,
            HeldFragment first)
            throws IOException {
        Path path = archive.layout().path(recording.entry());
        return new RecordingStream(
                recording, first, threads.call(() -> archive.create(path, options)));
    }

    /** Makes the initialisation segment durable. Until this returns there is no video in it. */
    void begin(StoreThreads threads) throws IOException {
        byte[] segment = InitializationSegment.encode(List.of(configuration));
        threads.act(
                () -> {
                    out.write(ByteBuffer.wrap(segment));
                    out.flush();
                });
        initialReplication = out.replication();
        begun = true;
    }

    boolean begun() {
        return begun;
    }

    OpenRecording recording() {
        return recording;
    }

    long positionBytes() {
        return out.positionBytes();
    }

    /**
     * Whether {@code fragment} belongs into this recording: same configuration, same clock hour, no
     * step back in time, and the replicas it began with still there. Fills of places far apart go
     * into recordings of their own, as video lies between them.
     */
    boolean takes(HeldFragment fragment) {
        FragmentHeader header = fragment.header();
        return configuration.equals(fragment.configuration())
                && hour(header.start()).equals(hour(start))
                && !header.start().isBefore(endOfLast())
                && (header.origin() == Origin.PRIMARY || isNear(header.start()))
                && out.replication() >= initialReplication;
    }

    private boolean isNear(MediaTime time) {
        return time.ticksSince(endOfLast()) <= FILL_STEP_MAX_TICKS;
    }

    private static Instant hour(MediaTime time) {
        return time.toInstant().truncatedTo(ChronoUnit.HOURS);
    }

    private MediaTime endOfLast() {
        return fragments.isEmpty() ? start : fragments.get(fragments.size() - 1).header().end();
    }

    /**
     * Appends a fragment; durable after the next {@link #flush}.
     *
     * @throws io.gapless.archive.hold.SpillLostException if the fragment cannot be read
     */
    void append(StoreThreads threads, HeldFragment fragment) throws IOException {
        long offset = out.positionBytes();
        threads.act(
                fragment.sizeBytes(),
                () -> {
                    try (FragmentBytes bytes = fragment.open()) {
                        out.write(bytes.boxes(start, fragments.size() + 1));
                        bytes.copyTo(out);
                    }
                });
        fragments.add(new StoredFragment(fragment.header(), offset, out.positionBytes() - offset));
    }

    /** Appends why the video stopped; durable after the next {@link #flush}. */
    void append(StoreThreads threads, Interruption interruption) throws IOException {
        ByteBuffer box = RunEndBox.encode(interruption);
        threads.act(() -> out.write(box));
        interruptions.add(interruption);
    }

    /** Returns when every DataNode of the pipeline has what was appended. */
    void flush(StoreThreads threads) throws IOException {
        threads.act(out.positionBytes() - flushedBytes, out::flush);
        flushedBytes = out.positionBytes();
    }

    /** Appends the index, closes the file and gives it its final name. */
    void finish(Archive archive, StoreThreads threads) throws IOException {
        ByteBuffer trailer =
                RecordingTrailer.encode(fragments, interruptions, configuration, start);
        threads.act(
                () -> {
                    out.write(trailer);
                    out.close();
                });
        threads.act(() -> rename(archive, recording));
    }

    /** Lets go of a failed stream; what is not acknowledged is written again elsewhere. */
    void abandon(StoreThreads threads) throws IOException {
        threads.act(out::abandon);
    }

    /** Gives a closed recording its final name; harmless if somebody else did. */
    static void rename(Archive archive, OpenRecording recording) throws IOException {
        FileSystem fileSystem = archive.fileSystem();
        Path open = archive.layout().path(recording.entry());
        Path finished = archive.layout().path(recording.entry().as(Kind.RECORDING));
        if (!fileSystem.rename(open, finished) && fileSystem.exists(open)) {
            throw new IOException("%s could not be renamed to %s".formatted(open, finished));
        }
    }
}
