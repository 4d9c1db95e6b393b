package io.gapless.archive;

import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.fmp4.Recording;
import io.gapless.media.fmp4.StoredFragment;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What really stands in the archive, found by listing and reading its files. */
record ArchiveContents(List<File> files) {
    private static final int MOST_RENAMES = 10;

    /** A recording or a gap note. */
    record File(ArchiveEntry entry, Path path, long sizeBytes, Optional<Recording> recording) {
        Kind kind() {
            return entry.kind();
        }
    }

    /** Looks again if a writer renames a file just between listing and opening it. */
    static ArchiveContents of(Archive archive, CameraId camera) throws IOException {
        for (int renamed = 0; renamed < MOST_RENAMES; renamed++) {
            try {
                return look(archive, camera);
            } catch (FileNotFoundException e) {
                // it stands under another name now
            }
        }
        return look(archive, camera);
    }

    private static ArchiveContents look(Archive archive, CameraId camera) throws IOException {
        List<File> files = new ArrayList<>();
        FileSystem fileSystem = archive.fileSystem();
        for (FileStatus day : fileSystem.listStatus(archive.layout().recordings())) {
            Path directory = new Path(day.getPath(), camera.value());
            if (fileSystem.exists(directory)) {
                LocalDate date = ArchiveLayout.parseDay(day.getPath().getName()).orElseThrow();
                for (FileStatus file : fileSystem.listStatus(directory)) {
                    files.add(read(archive, camera, date, file.getPath()));
                }
            }
        }
        return new ArchiveContents(files);
    }

    private static File read(Archive archive, CameraId camera, LocalDate day, Path path)
            throws IOException {
        ArchiveEntry entry = ArchiveLayout.parse(camera, day, path.getName()).orElseThrow();
        try (ArchiveFile file = archive.read(path)) {
            Optional<Recording> recording =
                    entry.kind() == Kind.GAP_NOTE
                            ? Optional.empty()
                            : Optional.of(Recording.read(file));
            return new File(entry, path, file.sizeBytes(), recording);
        }
    }

    List<File> of(Kind kind) {
        return files.stream().filter(file -> file.kind() == kind).toList();
    }

    List<Recording> recordings() {
        return files.stream().map(File::recording).flatMap(Optional::stream).toList();
    }

    /** All fragments of the camera, file by file. */
    List<FragmentHeader> headers() {
        return recordings().stream()
                .flatMap(recording -> recording.fragments().stream())
                .map(StoredFragment::header)
                .toList();
    }

    List<Long> sequences() {
        return headers().stream().map(FragmentHeader::sequence).toList();
    }

    /** Frames FFmpeg decodes from a recording. */
    static long decodedFrames(Archive archive, File file, java.nio.file.Path directory)
            throws IOException {
        java.nio.file.Path copy = directory.resolve(file.entry().name() + ".mp4");
        archive.fileSystem().copyToLocalFile(false, file.path(), new Path(copy.toUri()), true);
        return FfmpegTool.decodedFrames(copy);
    }
}
