package io.gapless.archive;

import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
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
    /** Enough to catch up quickly after a stall, and little to write again after a failure. */
    private static final long BATCH_BYTES = 8L << 20;

    private static final ThreadLocal<byte[]> SCRATCH =
            ThreadLocal.withInitial(() -> new byte[64 * 1024]);

    private final CameraId camera;
    private final WriterContext context;
    private final StoreThreads threads;
    private final RecordingFinisher finisher;
    private final PendingEvents pending;

    private final ArrayDeque<CameraEvent> unwritten = new ArrayDeque<>();
    private final ArrayDeque<CameraEvent> unflushed = new ArrayDeque<>();
    private Optional<RecordingStream> current = Optional.empty();
    private long flushedPosition;

    /** A file that was perhaps created but never held video, to be deleted before the next one. */
    private Optional<OpenRecording> stillborn = Optional.empty();

    private Optional<RecordingName> gapName = Optional.empty();
    private boolean gapNoted;

    CameraStore(
            CameraId camera,
            WriterContext context,
            StoreThreads threads,
            RecordingFinisher finisher,
            PendingEvents pending) {
        this.camera = camera;
        this.context = context;
        this.threads = threads;
        this.finisher = finisher;
        this.pending = pending;
    }

    /** Makes a batch of what is pending durable. After an exception call {@link #fail}. */
    void write(Archive archive) throws IOException {
        long bytes = 0;
        while (bytes < BATCH_BYTES && take()) {
            CameraEvent event = unwritten.element();
            bytes += PendingEvents.sizeBytes(event);
            write(archive, event);
            unflushed.addLast(unwritten.remove());
        }
        flush();
    }

    private boolean take() {
        if (unwritten.isEmpty()) {
            pending.poll().ifPresent(unwritten::addLast);
        }
        return !unwritten.isEmpty();
    }

    private void write(Archive archive, CameraEvent event) throws IOException {
        if (event instanceof Fragment fragment) {
            recordingFor(archive, fragment).append(threads, fragment, SCRATCH.get());
        } else if (event instanceof Interruption interruption && !isGapNoted()) {
            note(archive, interruption);
        }
    }

    private RecordingStream recordingFor(Archive archive, Fragment fragment) throws IOException {
        if (current.isPresent() && !current.get().takes(fragment)) {
            flush();
            finisher.finish(current.get());
            current = Optional.empty();
        }
        return current.isPresent() ? current.get() : open(archive, fragment);
    }

    private RecordingStream open(Archive archive, Fragment first) throws IOException {
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
        return stream;
    }

    private void deleteStillborn(Archive archive) throws IOException {
        if (stillborn.isPresent()) {
            Path path = archive.layout().path(stillborn.get().entry());
            threads.act(() -> archive.fileSystem().delete(path, false));
            context.unfinished().remove(stillborn.get());
            stillborn = Optional.empty();
        }
    }

    /** The first interruption after a fragment opens the gap; what follows adds nothing. */
    private boolean isGapNoted() {
        return unflushed.isEmpty() ? gapNoted : unflushed.getLast() instanceof Interruption;
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
            forget(unflushed.remove());
        }
    }

    private void forget(CameraEvent event) {
        pending.acknowledged(event);
        context.pendingBytes().addAndGet(-PendingEvents.sizeBytes(event));
        if (event instanceof Fragment fragment) {
            fragment.release();
        }
    }

    /** Gives up the recording; what it has not acknowledged goes into the next one. */
    void fail() {
        while (!unflushed.isEmpty()) {
            unwritten.addFirst(unflushed.removeLast());
        }
        current.ifPresent(
                stream -> {
                    finisher.abandon(stream);
                    context.metrics().recordingFailed(camera);
                });
        current = Optional.empty();
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
        unflushed.forEach(this::forget);
        unflushed.clear();
        unwritten.forEach(this::forget);
        unwritten.clear();
        pending.poll().ifPresent(this::forgetAll);
    }

    private void forgetAll(CameraEvent first) {
        Optional<CameraEvent> event = Optional.of(first);
        while (event.isPresent()) {
            forget(event.get());
            event = pending.poll();
        }
    }
}
