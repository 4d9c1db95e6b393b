package io.gapless.archive;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes and abandons recordings on threads of its own, so that cameras never wait for a close.
 * Any thread.
 */
final class RecordingFinisher {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingFinisher.class);

    private final WriterContext context;
    private final StoreThreads threads;
    private final Recoveries recoveries;
    private final Map<RecordingStream, CompletableFuture<Void>> running = new ConcurrentHashMap<>();

    RecordingFinisher(WriterContext context, StoreThreads threads, Recoveries recoveries) {
        this.context = context;
        this.threads = threads;
        this.recoveries = recoveries;
    }

    /**
     * Takes over a stream whose fragments are all durable.
     *
     * @return done when the recording has its final name, or is left to recovery
     */
    @CanIgnoreReturnValue
    CompletableFuture<Void> finish(RecordingStream stream) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        running.put(stream, done);
        threads.execute(
                archive -> {
                    finish(archive, stream);
                    running.remove(stream);
                    done.complete(null);
                });
        return done;
    }

    /** Done when all recordings taken over so far are. */
    CompletableFuture<Void> allDone() {
        return CompletableFuture.allOf(running.values().toArray(CompletableFuture<?>[]::new));
    }

    private void finish(Archive archive, RecordingStream stream) {
        OpenRecording recording = stream.recording();
        try {
            stream.finish(archive, threads);
            context.unfinished().remove(recording);
            context.metrics().recordingFinished(recording.camera());
        } catch (IOException e) {
            LOG.warn("{} could not be finished and will be recovered: {}", recording, e.toString());
            context.metrics().recordingFailed(recording.camera());
            abandon(stream);
        }
    }

    /** Takes over a failed stream; if it may hold video, that is recovered. */
    void abandon(RecordingStream stream) {
        threads.execute(
                archive -> {
                    close(stream);
                    if (stream.begun()) {
                        recoveries.recover(stream.recording());
                    }
                });
    }

    private void close(RecordingStream stream) {
        try {
            stream.abandon(threads);
        } catch (IOException e) {
            LOG.debug("{} was abandoned: {}", stream.recording(), e.toString());
        }
    }
}
