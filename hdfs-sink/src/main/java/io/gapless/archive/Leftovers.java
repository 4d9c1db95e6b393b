package io.gapless.archive;

import io.gapless.media.CameraId;
import io.gapless.media.layout.RecordingName;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Finishes, for readers, what recorders that died left open. HDFS cannot tell the length of such a
 * recording once its DataNodes have been restarted, so it cannot be read before its lease has been
 * recovered. Only for when no recorder is at work: a living one would lose its open recordings.
 */
public final class Leftovers {
    private static final Duration POLL = Duration.ofMillis(100);

    private Leftovers() {}

    /**
     * Waits until everything is finished, at most for {@code limit}.
     *
     * @return how many recordings are still open; they are read as they are
     */
    public static int finish(URI root, Map<String, String> hadoop, Duration limit)
            throws IOException {
        List<OpenRecording> open;
        try (Archive archive = Archive.open(root, hadoop)) {
            open = search(archive);
        }
        if (open.isEmpty()) {
            return 0;
        }
        ArchiveWriter writer =
                new ArchiveWriter(
                        () -> Archive.open(root, hadoop),
                        ArchiveWriterOptions.defaults(),
                        RecordingName.newWriterId(),
                        InstantSource.system(),
                        System::nanoTime,
                        ArchiveWriterMetrics.NONE);
        try {
            writer.recover(open);
            long end = System.nanoTime() + limit.toNanos();
            while (!writer.openRecordings().isEmpty() && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(POLL.toNanos());
            }
            return writer.openRecordings().size();
        } finally {
            writer.close(Duration.ZERO);
        }
    }

    private static List<OpenRecording> search(Archive archive) throws IOException {
        Path everyFile = new Path(archive.layout().recordings(), "*/*/*");
        FileStatus[] files = archive.fileSystem().globStatus(everyFile);
        return Arrays.stream(files == null ? new FileStatus[0] : files)
                .map(file -> entry(file.getPath()))
                .flatMap(Optional::stream)
                .filter(entry -> entry.kind() == ArchiveEntry.Kind.OPEN_RECORDING)
                .map(entry -> new OpenRecording(entry.camera(), entry.name()))
                .toList();
    }

    private static Optional<ArchiveEntry> entry(Path file) {
        Path camera = file.getParent();
        Optional<LocalDate> day = ArchiveLayout.parseDay(camera.getParent().getName());
        try {
            CameraId id = new CameraId(camera.getName());
            return day.flatMap(date -> ArchiveLayout.parse(id, date, file.getName()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
