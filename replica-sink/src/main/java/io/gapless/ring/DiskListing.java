package io.gapless.ring;

import io.gapless.media.CameraId;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lists a disk's segments again and again, whoever wrote them. A directory is read again only when
 * it has changed, and a file looked at again only while it is open. Removes directories that have
 * been empty for a while. One thread at a time.
 */
final class DiskListing {
    /** A change in the same moment as the last listing may have escaped it. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final Duration EMPTY_FOR = Duration.ofMinutes(1);

    private record CameraDay(Instant changed, Map<Path, RingSegment> segments) {}

    private final Path recordings;
    private final Duration quiet;
    private Map<Path, CameraDay> known = new HashMap<>();

    /**
     * @param quiet how long an open segment must not have been written to count as left behind
     */
    DiskListing(Path directory, Duration quiet) {
        this.recordings = RingDirectories.recordings(directory);
        this.quiet = quiet;
    }

    /** All segments, oldest first. */
    List<RingSegment> list(Instant now) throws IOException {
        Map<Path, CameraDay> found = new HashMap<>();
        List<RingSegment> segments = new ArrayList<>();
        for (Path dayPath : SegmentFile.list(recordings)) {
            LocalDate day = RingDirectories.parseDay(dayPath.getFileName().toString()).orElse(null);
            if (day != null) {
                listDay(dayPath, day, now, found);
            }
        }
        known = found;
        found.values().forEach(cameraDay -> segments.addAll(cameraDay.segments.values()));
        segments.sort(RingSegment.OLDEST_FIRST);
        return segments;
    }

    private void listDay(Path dayPath, LocalDate day, Instant now, Map<Path, CameraDay> found)
            throws IOException {
        List<Path> cameras = SegmentFile.list(dayPath);
        for (Path path : cameras) {
            CameraId camera =
                    RingDirectories.parseCamera(path.getFileName().toString()).orElse(null);
            if (camera != null) {
                listCameraDay(path, day, camera, now, found);
            }
        }
        if (cameras.isEmpty()) {
            removeIfEmpty(dayPath, now);
        }
    }

    private void listCameraDay(
            Path path, LocalDate day, CameraId camera, Instant now, Map<Path, CameraDay> found)
            throws IOException {
        try {
            Instant changed = Files.getLastModifiedTime(path).toInstant();
            CameraDay before = known.getOrDefault(path, new CameraDay(Instant.MIN, Map.of()));
            boolean same = before.changed.equals(changed);
            Set<SegmentFile> files = same ? files(before) : files(path, day, camera);
            Map<Path, RingSegment> segments = segments(files, before, now);
            found.put(path, new CameraDay(settled(changed, now), segments));
            if (segments.isEmpty()) {
                removeIfEmpty(path, now);
            }
        } catch (NoSuchFileException e) {
            // Tidied away by another process.
        }
    }

    /** A change that is so young may not be the last of its moment: look again. */
    private static Instant settled(Instant changed, Instant now) {
        return changed.isBefore(now.minus(SETTLED)) ? changed : Instant.MIN;
    }

    private static Set<SegmentFile> files(CameraDay day) {
        Set<SegmentFile> files = new HashSet<>();
        day.segments.values().forEach(s -> files.add(s.file()));
        return files;
    }

    private static Set<SegmentFile> files(Path path, LocalDate day, CameraId camera)
            throws IOException {
        Set<SegmentFile> files = new HashSet<>();
        for (Path file : SegmentFile.list(path)) {
            SegmentFile.of(file, day, camera).ifPresent(files::add);
        }
        return files;
    }

    private Map<Path, RingSegment> segments(Set<SegmentFile> files, CameraDay before, Instant now)
            throws IOException {
        Map<Path, RingSegment> segments = new HashMap<>();
        for (SegmentFile file : files) {
            RingSegment seen = before.segments.get(file.path());
            if (seen == null || file.open()) {
                seen = look(file, now);
            }
            if (seen != null) {
                segments.put(file.path(), seen);
            }
        }
        return segments;
    }

    private RingSegment look(SegmentFile file, Instant now) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file.path(), BasicFileAttributes.class);
            Instant written = attributes.lastModifiedTime().toInstant();
            boolean growing = file.open() && written.isAfter(now.minus(quiet));
            return new RingSegment(file, attributes.size(), growing);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static void removeIfEmpty(Path directory, Instant now) throws IOException {
        try {
            if (Files.getLastModifiedTime(directory).toInstant().isBefore(now.minus(EMPTY_FOR))) {
                Files.deleteIfExists(directory);
            }
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            // Somebody has just begun to use it, or has tidied it away.
        }
    }
}
