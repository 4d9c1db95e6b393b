package io.gapless.archive.read;

import io.gapless.archive.Archive;
import io.gapless.archive.ArchiveEntry;
import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.archive.ArchiveFile;
import io.gapless.media.ByteSource;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.fs.Path;

/**
 * A recording opened for reading. Between listing and opening a growing one may have been finished,
 * and so renamed; then it is opened under its final name. One thread at a time.
 */
final class OpenedRecording implements ByteSource, Closeable {
    private final ArchiveEntry entry;
    private final ArchiveFile file;
    private final WindowedSource source;

    private OpenedRecording(ArchiveEntry entry, ArchiveFile file) {
        this.entry = entry;
        this.file = file;
        this.source = new WindowedSource(file);
    }

    /**
     * @throws FileNotFoundException if it exists under neither name
     */
    static OpenedRecording open(Archive archive, ArchiveEntry entry) throws IOException {
        try {
            return openAs(archive, entry);
        } catch (FileNotFoundException e) {
            return openAs(archive, new ArchiveEntry(entry.camera(), entry.name(), Kind.RECORDING));
        }
    }

    private static OpenedRecording openAs(Archive archive, ArchiveEntry entry) throws IOException {
        return new OpenedRecording(entry, archive.read(archive.layout().path(entry)));
    }

    /** The name of a recording below the root of its archive, for people. */
    static String name(Archive archive, ArchiveEntry entry) {
        Path recordings = archive.layout().recordings();
        String parent = recordings.getParent().toUri().getPath();
        String path = archive.layout().path(entry).toUri().getPath();
        return path.substring(parent.endsWith("/") ? parent.length() : parent.length() + 1);
    }

    /** As it was found, perhaps finished since it was listed. */
    ArchiveEntry entry() {
        return entry;
    }

    /** Whether it is that recording, whatever it was called when that was read. */
    boolean isOf(IndexedRecording recording) {
        return entry.camera().equals(recording.entry().camera())
                && entry.name().equals(recording.entry().name());
    }

    /** How often the storage was asked so far. */
    long roundTrips() {
        return source.roundTrips();
    }

    @Override
    public long sizeBytes() {
        return source.sizeBytes();
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        source.read(position, target);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
