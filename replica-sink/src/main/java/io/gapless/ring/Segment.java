package io.gapless.ring;

import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.fmp4.FragmentEncoder;
import io.gapless.media.fmp4.InitializationSegment;
import io.gapless.media.fmp4.RecordingTrailer;
import io.gapless.media.fmp4.RunEndBox;
import io.gapless.media.fmp4.StoredFragment;
import io.gapless.media.layout.RecordingName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A segment while it is written. One thread at a time, its disk's; {@link #takes} may be asked by
 * others while that one is not at it. After an exception it can only be {@linkplain #giveUp given
 * up}.
 */
final class Segment {
    private final DiskFiles files;
    private final Path open;
    private final Path finished;
    private final StreamConfiguration configuration;
    private final MediaTime start;
    private final long lastStartTicks;
    private final DiskFiles.Output out;
    private final List<StoredFragment> fragments = new ArrayList<>();
    private final List<Interruption> interruptions = new ArrayList<>();
    private long sizeBytes;
    private boolean interrupted;

    private Segment(
            DiskFiles files, Path stem, Fragment first, Duration duration, DiskFiles.Output out) {
        this.files = files;
        this.open = path(stem, RingDirectories.OPEN);
        this.finished = path(stem, RingDirectories.FINISHED);
        this.configuration = first.configuration();
        this.start = first.header().start();
        this.lastStartTicks = MediaTime.ticks(duration);
        this.out = out;
    }

    /**
     * Creates the file, which has no byte yet.
     *
     * @param first the fragment that the caller will append first
     * @param duration how much later the last fragment may start
     */
    static Segment create(
            DiskFiles files, Path directory, RecordingName name, Fragment first, Duration duration)
            throws IOException {
        Path stem =
                RingDirectories.cameraDay(directory, name.day(), first.camera())
                        .resolve(name.toString());
        return new Segment(
                files, stem, first, duration, files.create(path(stem, RingDirectories.OPEN)));
    }

    private static Path path(Path stem, String suffix) {
        return stem.resolveSibling(stem.getFileName() + suffix);
    }

    /** Whether a fragment belongs into this segment and not into the next. */
    boolean takes(Fragment fragment) {
        MediaTime at = fragment.header().start();
        return configuration.equals(fragment.configuration())
                && !at.isBefore(end())
                && at.ticksSince(start) < lastStartTicks
                && hour(at).equals(hour(start));
    }

    private static Instant hour(MediaTime time) {
        return time.toInstant().truncatedTo(ChronoUnit.HOURS);
    }

    private MediaTime end() {
        return fragments.isEmpty() ? start : fragments.get(fragments.size() - 1).header().end();
    }

    /**
     * Appends a fragment from where it lies in memory.
     *
     * @return bytes written
     */
    long append(Fragment fragment) throws IOException {
        List<ByteBuffer> buffers = new ArrayList<>();
        long before = sizeBytes;
        long initialBytes = 0;
        if (before == 0) {
            byte[] initial = InitializationSegment.encode(List.of(configuration));
            buffers.add(ByteBuffer.wrap(initial));
            initialBytes = initial.length;
        }
        buffers.add(FragmentEncoder.header(fragment, start, fragments.size() + 1));
        buffers.addAll(fragment.views());
        write(buffers);
        FragmentHeader header = fragment.header();
        long offset = before + initialBytes;
        fragments.add(new StoredFragment(header, offset, sizeBytes - offset));
        interrupted = false;
        return sizeBytes - before;
    }

    /** Appends why the video stopped. The first interruption says it; further ones add nothing. */
    void append(Interruption interruption) throws IOException {
        if (!interrupted) {
            write(List.of(RunEndBox.encode(interruption)));
            interruptions.add(interruption);
            interrupted = true;
        }
    }

    private void write(List<ByteBuffer> buffers) throws IOException {
        long bytes = buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        out.write(buffers.toArray(ByteBuffer[]::new));
        sizeBytes += bytes;
    }

    /**
     * Appends the index and gives the file its final name.
     *
     * @return bytes written
     */
    long finish() throws IOException {
        long before = sizeBytes;
        write(List.of(RecordingTrailer.encode(fragments, interruptions, configuration, start)));
        out.close();
        files.rename(open, finished);
        return sizeBytes - before;
    }

    /**
     * Saves what can be saved on a disk that failed: cuts what is torn and finishes, or deletes a
     * file without video. If that fails too, the file is left open, which readers understand.
     */
    void giveUp() throws IOException {
        try (DiskFiles.Output closing = out) {
            if (fragments.isEmpty()) {
                files.delete(open);
            } else {
                closing.truncate(sizeBytes);
                finish();
            }
        }
    }

    @Override
    public String toString() {
        return open.toString();
    }
}
