package io.gapless.archive.read;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.gapless.archive.Archive;
import io.gapless.archive.ArchiveEntry;
import io.gapless.archive.ArchiveLayout;
import io.gapless.archive.GapNote;
import io.gapless.media.CameraId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Lists and reads what lies in the archive, always anew. Safe for any number of threads. */
final class CameraFiles implements ContentsSource {
    private static final Comparator<ArchiveEntry> BY_START =
            comparing((ArchiveEntry entry) -> entry.name().start())
                    .thenComparing(entry -> entry.name().epoch());

    private final Archive archive;

    CameraFiles(Archive archive) {
        this.archive = requireNonNull(archive, "archive is null");
    }

    /** All cameras of all days, sorted. */
    List<CameraId> cameras() throws IOException {
        TreeSet<CameraId> cameras = new TreeSet<>();
        for (LocalDate day : days()) {
            for (FileStatus status : list(archive.layout().day(day))) {
                if (status.isDirectory()) {
                    camera(status.getPath().getName()).ifPresent(cameras::add);
                }
            }
        }
        return List.copyOf(cameras);
    }

    @Override
    public List<LocalDate> days() throws IOException {
        return Arrays.stream(list(archive.layout().recordings()))
                .flatMap(status -> ArchiveLayout.parseDay(status.getPath().getName()).stream())
                .sorted()
                .toList();
    }

    @Override
    public List<ArchiveEntry> entries(CameraId camera, LocalDate day) throws IOException {
        List<ArchiveEntry> entries = new ArrayList<>();
        for (FileStatus status : list(archive.layout().cameraDay(camera, day))) {
            ArchiveLayout.parse(camera, day, status.getPath().getName()).ifPresent(entries::add);
        }
        entries.sort(BY_START);
        return entries;
    }

    @Override
    public Optional<IndexedRecording> recording(ArchiveEntry listed) throws IOException {
        return IndexedRecording.read(archive, listed);
    }

    @Override
    public Optional<GapNote> note(ArchiveEntry listed) throws IOException {
        return GapNote.read(archive, listed);
    }

    private FileStatus[] list(Path directory) throws IOException {
        try {
            return archive.fileSystem().listStatus(directory);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }

    private static Optional<CameraId> camera(String directoryName) {
        try {
            return Optional.of(new CameraId(directoryName));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
