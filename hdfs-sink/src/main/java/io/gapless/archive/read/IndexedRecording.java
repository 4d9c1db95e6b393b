package io.gapless.archive.read;

import static java.util.Objects.requireNonNull;

import io.gapless.archive.Archive;
import io.gapless.archive.ArchiveEntry;
import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.fmp4.Recording;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a recording held when it was read.
 *
 * @param name below the root of the archive, as it was found
 * @param sizeBytes the length then visible
 */
public record IndexedRecording(ArchiveEntry entry, String name, Recording content, long sizeBytes) {
    public IndexedRecording {
        requireNonNull(entry, "entry is null");
        requireNonNull(name, "name is null");
        requireNonNull(content, "content is null");
    }

    /** Nothing if the recording has vanished since it was listed. */
    static Optional<IndexedRecording> read(Archive archive, ArchiveEntry listed)
            throws IOException {
        try (OpenedRecording recording = OpenedRecording.open(archive, listed)) {
            return Optional.of(of(archive, recording, Recording.read(recording)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The same recording now, of which only what is new is read; nothing if it has vanished. */
    Optional<IndexedRecording> again(Archive archive) throws IOException {
        try (OpenedRecording recording = OpenedRecording.open(archive, entry)) {
            boolean growing = recording.entry().kind() == Kind.OPEN_RECORDING;
            return Optional.of(
                    of(
                            archive,
                            recording,
                            growing ? content.grown(recording) : Recording.read(recording)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private static IndexedRecording of(Archive archive, OpenedRecording opened, Recording content) {
        return new IndexedRecording(
                opened.entry(),
                OpenedRecording.name(archive, opened.entry()),
                content,
                opened.sizeBytes());
    }

    /** Whether nobody has finished it yet. */
    public boolean open() {
        return entry.kind() == Kind.OPEN_RECORDING;
    }

    /** Whether its name says that it starts in {@code range}. */
    boolean startsIn(TimeRange range) {
        return range.contains(MediaTime.of(entry.name().start()));
    }

    Stream<ArchivedFragment> fragments() {
        return content.fragments().stream().map(stored -> new ArchivedFragment(this, stored));
    }

    List<Interruption> interruptions() {
        return content.interruptions();
    }
}
