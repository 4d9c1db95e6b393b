package io.gapless.archive;

import io.gapless.media.CameraId;
import io.gapless.media.layout.RecordingName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names new recordings and remembers each until it is finished, so that a checkpoint can say which
 * ones somebody else would have to finish. Any thread.
 */
final class UnfinishedRecordings {
    private final String writerId;
    private final AtomicLong ordinals = new AtomicLong();
    private final Set<OpenRecording> recordings = ConcurrentHashMap.newKeySet();

    UnfinishedRecordings(String writerId) {
        this.writerId = writerId;
    }

    OpenRecording create(CameraId camera, Instant start) {
        OpenRecording recording = new OpenRecording(camera, newName(start));
        recordings.add(recording);
        return recording;
    }

    RecordingName newName(Instant start) {
        return RecordingName.of(start, writerId, ordinals.getAndIncrement());
    }

    /**
     * @return whether it was unknown
     */
    boolean add(OpenRecording recording) {
        return recordings.add(recording);
    }

    void remove(OpenRecording recording) {
        recordings.remove(recording);
    }

    List<OpenRecording> snapshot() {
        return List.copyOf(recordings);
    }
}
