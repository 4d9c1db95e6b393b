package io.gapless.ring;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.fmp4.Recording;
import io.gapless.media.fmp4.StoredFragment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what a ring holds, from its files alone: finished segments, growing ones, and those that a
 * dead writer left. Reads no video, and nothing twice that it can remember. Safe for any number of
 * threads. A file that vanishes meanwhile is left out, and so is a directory that cannot be read or
 * does not answer in time: each is asked on threads of its own, all at once.
 */
public final class RingIndex {
    private static final Logger LOG = LoggerFactory.getLogger(RingIndex.class);

    private static final Duration DISK_DEADLINE = Duration.ofSeconds(5);

    /** Some 60 MB of heap. */
    private static final int REMEMBERED_FRAGMENTS = 200_000;

    /** How much later than its name says a segment may still hold video, at the most. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Segments that are looked at for the newest video; the last may still be empty. */
    private static final int NEWEST_SEGMENTS = 3;

    private final RingDirectories directories;
    private final SegmentCache cache;
    private final DiskReads reads;
    private final Set<Path> unreadable = ConcurrentHashMap.newKeySet();

    /** A disk may take 5 s to answer. */
    public RingIndex(RingDirectories directories) {
        this(directories, DISK_DEADLINE);
    }

    /**
     * @param diskDeadline how long a disk may take to answer
     */
    public RingIndex(RingDirectories directories, Duration diskDeadline) {
        this(directories, diskDeadline, REMEMBERED_FRAGMENTS);
    }

    RingIndex(RingDirectories directories, Duration diskDeadline, int rememberedFragments) {
        this.reads = new DiskReads(requireNonNull(diskDeadline, "diskDeadline is null"));
        this.directories = requireNonNull(directories, "directories is null");
        this.cache = new SegmentCache(rememberedFragments);
    }

    /** What a directory is asked. */
    private interface Question<T> {
        T ask(Path directory) throws IOException;
    }

    /**
     * All cameras that the ring holds anything of, sorted.
     *
     * @throws IOException if no directory can be read
     */
    public List<CameraId> cameras() throws IOException {
        TreeSet<CameraId> cameras = new TreeSet<>();
        ofEach(RingIndex::cameras).values().forEach(cameras::addAll);
        return List.copyOf(cameras);
    }

    private static List<CameraId> cameras(Path directory) throws IOException {
        List<CameraId> cameras = new ArrayList<>();
        for (LocalDate day : CameraSegments.days(directory)) {
            Path path = RingDirectories.recordings(directory).resolve(day.toString());
            for (Path camera : SegmentFile.list(path)) {
                RingDirectories.parseCamera(camera.getFileName().toString())
                        .ifPresent(cameras::add);
            }
        }
        return cameras;
    }

    /**
     * What the ring holds of a camera; nothing if it does not know it.
     *
     * @throws IOException if no directory can be read
     */
    public RingContents read(CameraId camera, TimeRange range) throws IOException {
        ContentsMerge merge = new ContentsMerge(camera, range);
        Map<Path, ContentsMerge.Part> parts = ofEach(directory -> part(directory, camera, range));
        parts.values().forEach(merge::add);
        return merge.contents(parts.size() == directories.directories().size());
    }

    private ContentsMerge.Part part(Path directory, CameraId camera, TimeRange range)
            throws IOException {
        CameraSegments segments = CameraSegments.of(directory, camera);
        List<ContentsMerge.Found> found = new ArrayList<>();
        for (SegmentFile file : within(segments, range)) {
            cache.read(file).ifPresent(r -> found.add(new ContentsMerge.Found(file.path(), r)));
        }
        return new ContentsMerge.Part(found, oldest(segments), newest(segments));
    }

    private static List<SegmentFile> within(CameraSegments segments, TimeRange range)
            throws IOException {
        Instant from = range.from().toInstant().minus(LONGEST);
        Instant to = range.to().toInstant();
        List<SegmentFile> files = new ArrayList<>();
        for (LocalDate day : segments.days()) {
            if (!day.isBefore(day(from)) && !day.isAfter(day(to))) {
                segments.of(day).stream()
                        .filter(f -> !f.name().start().isBefore(from))
                        .filter(f -> f.name().start().isBefore(to))
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private Optional<MediaTime> oldest(CameraSegments segments) throws IOException {
        for (LocalDate day : segments.days()) {
            for (SegmentFile file : segments.of(day)) {
                Optional<MediaTime> start =
                        fragments(file).stream()
                                .map(f -> f.header().start())
                                .min(MediaTime::compareTo);
                if (start.isPresent()) {
                    return start;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<MediaTime> newest(CameraSegments segments) throws IOException {
        List<LocalDate> days = new ArrayList<>(segments.days());
        Collections.reverse(days);
        List<SegmentFile> last = new ArrayList<>();
        for (LocalDate day : days) {
            List<SegmentFile> files = segments.of(day);
            int more = Math.min(NEWEST_SEGMENTS - last.size(), files.size());
            last.addAll(files.subList(files.size() - more, files.size()));
        }
        Optional<MediaTime> newest = Optional.empty();
        for (SegmentFile file : last) {
            for (StoredFragment fragment : fragments(file)) {
                MediaTime end = fragment.header().end();
                newest = Optional.of(newest.map(n -> MediaTime.max(n, end)).orElse(end));
            }
        }
        return newest;
    }

    private List<StoredFragment> fragments(SegmentFile file) throws IOException {
        return cache.read(file).map(Recording::fragments).orElse(List.of());
    }

    /**
     * Lengths of all files.
     *
     * @throws IOException if no directory can be read
     */
    public long bytes() throws IOException {
        return ofEach(TotalSize::of).values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Opens the segment in which a fragment stands.
     *
     * @throws java.nio.file.NoSuchFileException if it has been deleted
     * @throws IOException if its disk cannot be read, or does not answer in time
     */
    public RingReading open(RingEntry entry) throws IOException {
        Path disk =
                directories.directories().stream()
                        .filter(entry.file()::startsWith)
                        .findFirst()
                        .orElseThrow();
        DiskReads.Asked<RingReading> opened =
                reads.ask(disk, () -> new DiskReading(RingFile.open(entry.file()), disk, reads));
        return opened.await(RingReading::close);
    }

    /** The answers of those directories that gave one. */
    private <T> Map<Path, T> ofEach(Question<T> question) throws IOException {
        Map<Path, IOException> failures = new LinkedHashMap<>();
        Map<Path, DiskReads.Asked<T>> asked = new LinkedHashMap<>();
        for (Path directory : directories.directories()) {
            try {
                asked.put(directory, reads.ask(directory, () -> question.ask(directory)));
            } catch (IOException e) {
                failures.put(directory, e);
            }
        }
        Map<Path, T> answers = new LinkedHashMap<>();
        for (Map.Entry<Path, DiskReads.Asked<T>> entry : asked.entrySet()) {
            try {
                answers.put(entry.getKey(), entry.getValue().await(late -> {}));
                readable(entry.getKey());
            } catch (IOException e) {
                failures.put(entry.getKey(), e);
            }
        }
        failures.forEach(this::unreadable);
        if (answers.isEmpty()) {
            throw failures.values().iterator().next();
        }
        return answers;
    }

    private void readable(Path directory) {
        if (!unreadable.isEmpty() && unreadable.remove(directory)) {
            LOG.info("Ring directory {} can be read again", directory);
        }
    }

    private void unreadable(Path directory, IOException e) {
        if (unreadable.add(directory)) {
            LOG.warn(
                    "Ring directory {} cannot be read and is left out: {}",
                    directory,
                    e.toString());
        }
    }
}
