package io.gapless.ring;

import io.gapless.media.CameraId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A camera's segments in one directory of a ring, each day listed once and only when asked. */
final class CameraSegments {
    private final Path directory;
    private final CameraId camera;
    private final TreeSet<LocalDate> days = new TreeSet<>();
    private final Map<LocalDate, List<SegmentFile>> listed = new HashMap<>();

    private CameraSegments(Path directory, CameraId camera) {
        this.directory = directory;
        this.camera = camera;
    }

    static CameraSegments of(Path directory, CameraId camera) throws IOException {
        CameraSegments segments = new CameraSegments(directory, camera);
        segments.days.addAll(days(directory));
        return segments;
    }

    /** The days that one directory holds. */
    static List<LocalDate> days(Path directory) throws IOException {
        return SegmentFile.list(RingDirectories.recordings(directory)).stream()
                .flatMap(p -> RingDirectories.parseDay(p.getFileName().toString()).stream())
                .toList();
    }

    /** Sorted; of some the camera may have nothing. */
    List<LocalDate> days() {
        return List.copyOf(days);
    }

    /** The segments of a day, oldest first. */
    List<SegmentFile> of(LocalDate day) throws IOException {
        if (!listed.containsKey(day)) {
            listed.put(day, list(day));
        }
        return listed.get(day);
    }

    private List<SegmentFile> list(LocalDate day) throws IOException {
        List<SegmentFile> segments = new ArrayList<>();
        for (Path path : SegmentFile.list(RingDirectories.cameraDay(directory, day, camera))) {
            SegmentFile.of(path, day, camera).ifPresent(segments::add);
        }
        segments.sort(SegmentFile.OLDEST_FIRST);
        return segments;
    }
}
