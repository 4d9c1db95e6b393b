package io.gapless.archive;

import io.gapless.media.CameraId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Finds recordings of a camera that writers before this one left open. Any thread. */
final class LeftoverSearch {
    /** So many of the archive's newest days are looked at for a camera ... */
    private static final int DAYS = 14;

    /** ... until it was found in so many. */
    private static final int CAMERA_DAYS = 3;

    private final String writerId;
    private final StoreThreads threads;

    LeftoverSearch(String writerId, StoreThreads threads) {
        this.writerId = writerId;
        this.threads = threads;
    }

    List<OpenRecording> search(Archive archive, CameraId camera) throws IOException {
        List<OpenRecording> found = new ArrayList<>();
        int cameraDays = 0;
        for (LocalDate day : newestDays(archive)) {
            Optional<FileStatus[]> files = list(archive, archive.layout().cameraDay(camera, day));
            files.ifPresent(list -> found.addAll(leftovers(camera, day, list)));
            cameraDays += files.isPresent() ? 1 : 0;
            if (cameraDays == CAMERA_DAYS) {
                break;
            }
        }
        return found;
    }

    private List<LocalDate> newestDays(Archive archive) throws IOException {
        FileStatus[] days = list(archive, archive.layout().recordings()).orElse(new FileStatus[0]);
        return Arrays.stream(days)
                .map(day -> ArchiveLayout.parseDay(day.getPath().getName()))
                .flatMap(Optional::stream)
                .sorted(Comparator.reverseOrder())
                .limit(DAYS)
                .toList();
    }

    private Collection<OpenRecording> leftovers(
            CameraId camera, LocalDate day, FileStatus[] files) {
        return Arrays.stream(files)
                .map(file -> ArchiveLayout.parse(camera, day, file.getPath().getName()))
                .flatMap(Optional::stream)
                .filter(entry -> entry.kind() == ArchiveEntry.Kind.OPEN_RECORDING)
                .filter(entry -> !entry.name().isOfWriter(writerId))
                .map(entry -> new OpenRecording(camera, entry.name()))
                .toList();
    }

    private Optional<FileStatus[]> list(Archive archive, Path directory) throws IOException {
        try {
            return Optional.of(threads.call(() -> archive.fileSystem().listStatus(directory)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }
}
