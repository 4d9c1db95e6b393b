package io.gapless.archive.read;

import static java.util.Objects.requireNonNull;

import io.gapless.archive.Archive;
import io.gapless.media.CameraId;
import io.gapless.media.MediaTime;
import io.gapless.media.timeline.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Answers what an archive holds, from the archive alone and always anew: recordings that are
 * growing, that were finished, that a dead writer left behind, and what several writers left of the
 * same video. Each frame is shown once.
 *
 * <p>Where no range is given it reaches from the camera's first frame to the end of its last one,
 * or to now if the recorder has noted that the camera stopped. What lies in the future, and on a
 * camera being recorded what lies after its last frame, is not missing: the range is clipped there.
 *
 * <p>Holds no state; safe for any number of threads. All methods block on the archive's storage.
 */
public final class ArchiveReader {
    private final Archive archive;
    private final InstantSource wallClock;

    public ArchiveReader(Archive archive) {
        this(archive, InstantSource.system());
    }

    /**
     * @param wallClock tells what is the future
     */
    public ArchiveReader(Archive archive, InstantSource wallClock) {
        this.archive = requireNonNull(archive, "archive is null");
        this.wallClock = requireNonNull(wallClock, "wallClock is null");
    }

    /** All cameras the archive knows, sorted. */
    public List<CameraId> cameras() throws IOException {
        return new CameraFiles(archive).cameras();
    }

    /**
     * Spans and gaps of a camera, without reading video.
     *
     * @param from inclusive
     * @param to exclusive
     * @throws NothingRecordedException if the archive knows nothing of the camera
     * @throws IllegalArgumentException if {@code to} is before {@code from}
     * @throws IOException if a recording cannot be read, naming it
     */
    public Timeline timeline(CameraId camera, Optional<Instant> from, Optional<Instant> to)
            throws IOException {
        return readable(view(camera, from, to)).timeline();
    }

    /**
     * Reads the recordings of a range again, video included, and compares everything with what it
     * says of itself: boxes, sample tables, digests, the index, runs, duplicates, gaps.
     *
     * @param cameras in the order of the report
     * @param from as in {@link #timeline}; fragments that reach into the range are read
     * @throws NothingRecordedException if the archive knows nothing of one of the cameras
     * @throws IOException if the archive cannot be listed; a recording that cannot be read is a
     *     {@link Problem}
     */
    public VerifyReport verify(
            Collection<CameraId> cameras,
            Optional<Instant> from,
            Optional<Instant> to,
            ReadProgress progress)
            throws IOException {
        List<CameraVerification> verifications = new ArrayList<>();
        for (CameraId camera : cameras) {
            CameraView view = view(camera, from, to);
            verifications.add(new CameraVerifier(archive, view, progress).verify());
        }
        return new VerifyReport(verifications);
    }

    /**
     * Writes one MP4 with every frame presented in [from, to), each once, in order, plus the frames
     * before them from the key frame on at which decoding must start, and the sound of that time.
     * Gaps keep their time. The file appears under its name only when it is complete.
     *
     * @param out is replaced if it exists
     * @throws NothingRecordedException if no frame is presented in the range
     * @throws IOException if a recording cannot be read or {@code out} cannot be written
     */
    public ExportReport export(
            CameraId camera, Instant from, Instant to, Path out, ReadProgress progress)
            throws IOException {
        CameraView view = readable(view(camera, Optional.of(from), Optional.of(to)));
        try (Exporter exporter = new Exporter(archive, view, progress)) {
            return exporter.export(out);
        }
    }

    /**
     * A recording that cannot be read just now is not missing: better no answer than a wrong one.
     */
    private static CameraView readable(CameraView view) throws IOException {
        List<UnreadableRecording> unreadable = view.contents().unreadable();
        if (!unreadable.isEmpty()) {
            throw new IOException(unreadable.get(0).problem().toString());
        }
        return view;
    }

    private CameraView view(CameraId camera, Optional<Instant> from, Optional<Instant> to)
            throws IOException {
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            throw new IllegalArgumentException(
                    "range ends at %s before it starts at %s".formatted(to.get(), from.get()));
        }
        return CameraView.of(archive, camera, from, to, MediaTime.of(wallClock.instant()));
    }
}
