package io.gapless.backfill;

import io.gapless.archive.read.UnreadableRecording;
import io.gapless.media.CameraId;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A camera's recordings that cannot be read: what they hold is not known, so what seems to be
 * missing there may not be. Nothing of it is ever given up. It is not asked for either while the
 * recording may well come back, a restarting DataNode brings it; after that it is fetched: should
 * the recording come back after all, it is shown as before and the fill stands beside it. One
 * thread at a time.
 */
final class UnreadRecordings {
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(UnreadRecordings.class);

    private record Unread(TimeRange mayHold, long sinceNanos) {}

    private final CameraId camera;
    private final Map<String, Unread> byFile = new HashMap<>();

    UnreadRecordings(CameraId camera) {
        this.camera = camera;
    }

    /**
     * Takes note of what could not be read.
     *
     * @param lookedAt recordings that may hold nothing of it may not have been tried
     */
    void seen(List<UnreadableRecording> unread, TimeRange lookedAt, long nowNanos) {
        Set<String> files = new HashSet<>();
        for (UnreadableRecording recording : unread) {
            String file = recording.problem().file();
            files.add(file);
            if (byFile.putIfAbsent(file, new Unread(recording.mayHold(), nowNanos)) == null) {
                LOG.warn(
                        "Camera {}: {}; what it holds is not known to be missing,"
                                + " and gaps are looked for without it",
                        camera,
                        recording.problem());
            }
        }
        List<String> back =
                byFile.entrySet().stream()
                        .filter(entry -> entry.getValue().mayHold().overlaps(lookedAt))
                        .map(Map.Entry::getKey)
                        .filter(file -> !files.contains(file))
                        .toList();
        for (String file : back) {
            byFile.remove(file);
            LOG.info("Camera {}: {} can be read again, or is gone", camera, file);
        }
    }

    /** Forgets what lies before a time that nobody asks for any more. */
    void forgetBefore(MediaTime oldest) {
        byFile.values().removeIf(unread -> !unread.mayHold().to().isAfter(oldest));
    }

    /** Whether it is not known that {@code range} is missing. */
    boolean mayHold(TimeRange range) {
        return byFile.values().stream().anyMatch(unread -> unread.mayHold().overlaps(range));
    }

    /** Whether what {@code range} lacks may well come back by itself. */
    boolean mayReturn(TimeRange range, long nowNanos) {
        return byFile.values().stream()
                .filter(unread -> nowNanos - unread.sinceNanos < PATIENCE.toNanos())
                .anyMatch(unread -> unread.mayHold().overlaps(range));
    }

    int count() {
        return byFile.size();
    }
}
