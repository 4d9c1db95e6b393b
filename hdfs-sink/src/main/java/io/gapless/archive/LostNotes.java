package io.gapless.archive;

import static java.util.Objects.requireNonNull;

import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.layout.RecordingName;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Notes in the archive what is lost for good. A note lies within one UTC day and takes over those
 * it overlaps or touches, so that a gap which expires bit by bit leaves one file a day; writing the
 * same twice changes nothing. Interrupted anywhere, it leaves notes that overlap, which readers
 * join.
 *
 * <p>One writer at a time for a camera; otherwise safe for any number of threads. Blocks on the
 * archive's storage.
 */
public final class LostNotes {
    private final Archive archive;

    public LostNotes(Archive archive) {
        this.archive = requireNonNull(archive, "archive is null");
    }

    private record Note(ArchiveEntry entry, TimeRange range) {}

    /**
     * Returns when the note is durable.
     *
     * @param range of which whatever the archive lacks is lost; nothing is written if it is empty
     * @param detail one sentence for people
     * @throws IOException if the store fails; part of the range may have been noted
     */
    public void write(CameraId camera, TimeRange range, GapCause cause, String detail)
            throws IOException {
        MediaTime at = range.from();
        while (at.isBefore(range.to())) {
            LocalDate day = LocalDate.ofInstant(at.toInstant(), ZoneOffset.UTC);
            MediaTime midnight =
                    MediaTime.of(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
            MediaTime to = MediaTime.min(midnight, range.to());
            write(camera, day, new TimeRange(at, to), cause, detail);
            at = to;
        }
    }

    private void write(
            CameraId camera, LocalDate day, TimeRange range, GapCause cause, String detail)
            throws IOException {
        List<Note> joined = joined(camera, day, range);
        TimeRange union = range;
        for (Note note : joined) {
            union =
                    new TimeRange(
                            MediaTime.min(union.from(), note.range.from()),
                            MediaTime.max(union.to(), note.range.to()));
        }
        TimeRange whole = union;
        if (joined.stream().anyMatch(note -> note.range.equals(whole))) {
            return;
        }
        create(entry(camera, whole), GapNote.lost(camera, whole, cause, detail));
        for (Note note : joined) {
            archive.fileSystem().delete(archive.layout().path(note.entry), false);
        }
    }

    private static ArchiveEntry entry(CameraId camera, TimeRange range) {
        String epoch = WriterIds.lostUntil(range.to().ticks90k());
        return new ArchiveEntry(
                camera,
                new RecordingName(range.from().toInstant(), epoch),
                ArchiveEntry.Kind.GAP_NOTE);
    }

    private void create(ArchiveEntry entry, GapNote note) throws IOException {
        Path path = archive.layout().path(entry);
        try (FSDataOutputStream out = archive.fileSystem().create(path, true)) {
            out.write(note.encode());
            out.hsync();
        }
    }

    /** The notes of a day that overlap or touch {@code range}, or what is joined so far. */
    private List<Note> joined(CameraId camera, LocalDate day, TimeRange range) throws IOException {
        List<Note> joined = new ArrayList<>();
        for (ArchiveEntry entry : lostNotes(camera, day)) {
            Optional<TimeRange> other = GapNote.read(archive, entry).flatMap(GapNote::lost);
            if (other.isPresent() && meet(range, other.get())) {
                joined.add(new Note(entry, other.get()));
            }
        }
        return joined;
    }

    private static boolean meet(TimeRange one, TimeRange other) {
        return !one.from().isAfter(other.to()) && !other.from().isAfter(one.to());
    }

    private List<ArchiveEntry> lostNotes(CameraId camera, LocalDate day) throws IOException {
        try {
            FileStatus[] files =
                    archive.fileSystem().listStatus(archive.layout().cameraDay(camera, day));
            return Arrays.stream(files)
                    .flatMap(
                            file ->
                                    ArchiveLayout.parse(camera, day, file.getPath().getName())
                                            .stream())
                    .filter(ArchiveEntry::isLostNote)
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }
}
