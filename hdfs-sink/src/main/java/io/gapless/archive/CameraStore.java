package io.gapless.archive;

import io.gapless.archive.hold.HeldEvent;
import io.gapless.archive.hold.HeldEvents;
import io.gapless.archive.hold.HeldFragment;
import io.gapless.archive.hold.SpillLostException;
import io.gapless.media.CameraId;
import io.gapless.media.Interruption;
import io.gapless.media.layout.RecordingName;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * Puts one camera's events into recordings, and keeps each until the store has acknowledged it. One
 * IO thread at a time, as {@link CameraLane} says.
 */
final class CameraStore {
    /**
     * Enough to catch up quickly after a stall, and little to write again after a failure; what is
     * taken can neither be spilt nor dropped.
     */
    private static final long BATCH_BYTES = 2L << 20;

    private final CameraId camera;
    private final WriterContext context;
    private final StoreThreads threads;
    private final RecordingFinisher finisher;
    private final HeldEvents held;

    private final ArrayDeque<HeldEvent> unwritten = new ArrayDeque<>();
    private final ArrayDeque<HeldEvent> unflushed = new ArrayDeque<>();
    private Optional<RecordingStream> current = Optional.empty();
    private long flushedPosition;

    /** A file that was perhaps created but never held video, to be deleted before the next one. */
    private Optional<OpenRecording> stillborn = Optional.empty();

    /**
     * One that was not there to be deleted, but that a store which gave no answer may still create.
     */
    private Optional<OpenRecording> suspect = Optional.empty();

    private Optional<RecordingName> gapName = Optional.empty();
    private boolean gapNoted;
    private boolean failed;

    CameraStore(
            CameraId camera,
            WriterContext context,
            StoreThreads threads,
            RecordingFinisher finisher,
            HeldEvents held) {
        this.camera = camera;
        this.context = context;
        this.threads = threads;
        this.finisher = finisher;
        this.held = held;
    }

    /** Makes a batch of what is pending durable. After an exception call {@link #fail}. */
    void write(Archive archive) throws IOException {
        long bytes = 0;
        // After a failure a little first: a slow store may manage that.
        long enough = failed ? 1 : BATCH_BYTES;
        while (bytes < enough && take()) {
            HeldEvent event = unwritten.element();
            bytes += event.sizeBytes();
            write(archive, event);
            unflushed.addLast(unwritten.remove());
        }
        flush();
        failed = false;
    }

    private boolean take() {
        if (unwritten.isEmpty()) {
            held.poll().ifPresent(unwritten::addLast);
        }
        return !unwritten.isEmpty();
    }

    private void write(Archive archive, HeldEvent event) throws IOException {
        if (event instanceof HeldFragment fragment) {
            append(archive, fragment);
        } else if (event instanceof HeldEvent.Note note && !isGapNoted()) {
            note(archive, note.interruption());
        }
    }

    private void append(Archive archive, HeldFragment fragment) throws IOException {
        try {
            recordingFor(archive, fragment).append(threads, fragment);
        } catch (SpillLostException e) {
            unwritten.remove();
            held.lost(fragment);
            throw e;
        }
    }

    private RecordingStream recordingFor(Archive archive, HeldFragment fragment)
            throws IOException {
        if (current.isPresent() && !current.get().takes(fragment)) {
            flush();
            finisher.finish(current.get());
            current = Optional.empty();
        }
        return current.isPresent() ? current.get() : open(archive, fragment);
    }

    private RecordingStream open(Archive archive, HeldFragment first) throws IOException {
        deleteStillborn(archive);
        OpenRecording recording =
                context.unfinished().create(camera, first.header().start().toInstant());
        stillborn = Optional.of(recording);
        RecordingStream stream =
                RecordingStream.create(archive, threads, context.options(), recording, first);
        current = Optional.of(stream);
        stream.begin(threads);
        stillborn = Optional.empty();
        flushedPosition = 0;
        context.metrics().recordingOpened(camera);
        deleteSuspect(archive);
        return stream;
    }

    private void deleteStillborn(Archive archive) throws IOException {
        if (stillborn.isPresent()) {
            if (delete(archive, stillborn.get())) {
                context.unfinished().remove(stillborn.get());
            } else {
                suspect = stillborn;
            }
            stillborn = Optional.empty();
        }
    }

    /** Once the store has answered again, what was asked of it before is done. */
    private void deleteSuspect(Archive archive) throws IOException {
        if (suspect.isPresent()) {
            delete(archive, suspect.get());
            context.unfinished().remove(suspect.get());
            suspect = Optional.empty();
        }
    }

    private boolean delete(Archive archive, OpenRecording recording) throws IOException {
        Path path = archive.layout().path(recording.entry());
        return threads.call(() -> archive.fileSystem().delete(path, false));
    }

    /** The first interruption after a fragment opens the gap; what follows adds nothing. */
    private boolean isGapNoted() {
        return unflushed.isEmpty() ? gapNoted : unflushed.getLast() instanceof HeldEvent.Note;
    }

    private void note(Archive archive, Interruption interruption) throws IOException {
        if (current.isPresent()) {
            current.get().append(threads, interruption);
        } else {
            writeGapNote(archive, interruption);
        }
    }

    private void writeGapNote(Archive archive, Interruption interruption) throws IOException {
        RecordingName name =
                gapName.orElseGet(
                        () -> context.unfinished().newName(interruption.at().toInstant()));
        gapName = Optional.of(name);
        Path path =
                archive.layout().path(new ArchiveEntry(camera, name, ArchiveEntry.Kind.GAP_NOTE));
        byte[] note = GapNote.of(interruption).encode();
        threads.act(
                () -> {
                    try (FSDataOutputStream out = archive.fileSystem().create(path, true)) {
                        out.write(note);
                    }
                });
        gapName = Optional.empty();
    }

    private void flush() throws IOException {
        if (current.isPresent() && !unflushed.isEmpty()) {
            long before = context.nanoTicker().getAsLong();
            current.get().flush(threads);
            long nanos = context.nanoTicker().getAsLong() - before;
            long position = current.get().positionBytes();
            context.metrics().flushed(camera, position - flushedPosition, nanos);
            flushedPosition = position;
        }
        acknowledge();
    }

    private void acknowledge() {
        gapNoted = isGapNoted();
        while (!unflushed.isEmpty()) {
            held.acknowledged(unflushed.remove());
        }
    }

    /** Gives up the recording; what it has not acknowledged goes into the next one. */
    void fail() {
        failed = true;
        putBack();
        current.ifPresent(
                stream -> {
                    finisher.abandon(stream);
                    context.metrics().recordingFailed(camera);
                });
        current = Optional.empty();
    }

    private void putBack() {
        unflushed.addAll(unwritten);
        unwritten.clear();
        held.putBack(unflushed);
    }

    /** Finishes the recording on the side; done when it has its final name or is given up. */
    CompletableFuture<Void> finish() {
        CompletableFuture<Void> done =
                current.map(finisher::finish).orElse(CompletableFuture.completedFuture(null));
        current = Optional.empty();
        return done;
    }

    /** Gives back the memory of everything that is not durable. */
    void releaseAll() {
        putBack();
        held.close();
    }
}
