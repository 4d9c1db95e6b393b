package io.gapless.archive.read;

import static java.util.Objects.requireNonNull;

import io.gapless.archive.Archive;
import io.gapless.archive.ArchiveEntry;
import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.archive.GapNote;
import io.gapless.media.CameraId;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the indexes of the recordings that matter for a range of a camera's time: those that may
 * hold frames of it or the key frame before, and, if they do not reach beyond the range, the
 * nearest earlier and later ones, which say whether and why frames are missing at its edges. A
 * recording belongs to the day and the clock hour of its start, so only names need be listed to
 * find them. Reads no video and keeps nothing. One thread at a time.
 */
final class ContentsReader {
    /** A frame belongs to a recording that started at most this long before the frame's hour. */
    private static final Duration LOOK_BACK = Duration.ofHours(1);

    private final Archive archive;
    private final ContentsSource files;
    private final CameraId camera;
    private final List<IndexedRecording> recordings = new ArrayList<>();
    private final List<Interruption> notes = new ArrayList<>();
    private final List<TimeRange> lost = new ArrayList<>();
    private final List<UnreadableRecording> unreadable = new ArrayList<>();

    private ContentsReader(Archive archive, ContentsSource files, CameraId camera) {
        this.archive = requireNonNull(archive, "archive is null");
        this.files = requireNonNull(files, "files is null");
        this.camera = requireNonNull(camera, "camera is null");
    }

    static CameraContents read(
            Archive archive, CameraId camera, Optional<Instant> from, Optional<Instant> to)
            throws IOException {
        return read(archive, new CameraFiles(archive), camera, from, to);
    }

    static CameraContents read(
            Archive archive,
            ContentsSource files,
            CameraId camera,
            Optional<Instant> from,
            Optional<Instant> to)
            throws IOException {
        ContentsReader reader = new ContentsReader(archive, files, camera);
        reader.read(from.map(ContentsReader::earliestStart).orElse(Instant.MIN), from, to);
        return reader.contents();
    }

    private static Instant earliestStart(Instant from) {
        return from.truncatedTo(ChronoUnit.HOURS).minus(LOOK_BACK);
    }

    private void read(Instant lower, Optional<Instant> from, Optional<Instant> to)
            throws IOException {
        List<LocalDate> days = files.days();
        Instant upper = to.orElse(Instant.MAX);
        List<ArchiveEntry> within = new ArrayList<>();
        for (LocalDate day : days) {
            if (mayHold(day, lower, upper)) {
                within.addAll(files.entries(camera, day));
            }
        }
        for (ArchiveEntry entry : within) {
            // what is lost is noted once a day, however long it lasts
            boolean reaches = entry.isLostNote() || !entry.name().start().isBefore(lower);
            if (reaches && entry.name().start().isBefore(upper)) {
                add(entry);
            }
        }
        if (from.isPresent() && !reachesBack(from.get())) {
            addNearestBefore(days, lower);
        }
        if (to.isPresent() && !reachesBeyond(to.get())) {
            addNearestFrom(days, upper);
        }
    }

    private static boolean mayHold(LocalDate day, Instant lower, Instant upper) {
        Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return start.isBefore(upper) && start.plus(1, ChronoUnit.DAYS).isAfter(lower);
    }

    private boolean reachesBack(Instant from) {
        MediaTime time = MediaTime.of(from);
        return contents().start().filter(start -> !start.isAfter(time)).isPresent();
    }

    private boolean reachesBeyond(Instant to) {
        MediaTime time = MediaTime.of(to);
        return contents().end().filter(end -> !end.isBefore(time)).isPresent();
    }

    private CameraContents contents() {
        return new CameraContents(recordings, notes, lost, unreadable);
    }

    /** Goes back from {@code before}, hour by hour that has files, until there is a frame. */
    private void addNearestBefore(List<LocalDate> days, Instant before) throws IOException {
        for (int i = days.size() - 1; i >= 0; i--) {
            List<ArchiveEntry> entries =
                    files.entries(camera, days.get(i)).stream()
                            .filter(entry -> entry.name().start().isBefore(before))
                            .toList();
            if (addUntilFrame(HourGroups.latestFirst(entries))) {
                return;
            }
        }
    }

    /** Likewise goes on from {@code from}. */
    private void addNearestFrom(List<LocalDate> days, Instant from) throws IOException {
        for (LocalDate day : days) {
            List<ArchiveEntry> entries =
                    mayHold(day, from, Instant.MAX)
                            ? files.entries(camera, day).stream()
                                    .filter(entry -> !entry.name().start().isBefore(from))
                                    .toList()
                            : List.of();
            if (addUntilFrame(HourGroups.earliestFirst(entries))) {
                return;
            }
        }
    }

    private boolean addUntilFrame(List<List<ArchiveEntry>> groups) throws IOException {
        for (List<ArchiveEntry> group : groups) {
            int known = recordings.size();
            for (ArchiveEntry entry : group) {
                add(entry);
            }
            if (recordings.stream().skip(known).anyMatch(r -> !r.content().fragments().isEmpty())) {
                return true;
            }
        }
        return false;
    }

    private void add(ArchiveEntry entry) throws IOException {
        if (entry.kind() == Kind.GAP_NOTE) {
            files.note(entry).ifPresent(this::add);
        } else {
            addRecording(entry);
        }
    }

    /** What is lost opens no gap of its own. */
    private void add(GapNote note) {
        note.lost().ifPresentOrElse(lost::add, () -> notes.add(note.interruption()));
    }

    private void addRecording(ArchiveEntry entry) throws IOException {
        try {
            files.recording(entry).ifPresent(recordings::add);
        } catch (IOException e) {
            String name = OpenedRecording.name(archive, entry);
            Problem problem = new Problem(name, 0, "cannot be read: " + e.getMessage());
            unreadable.add(UnreadableRecording.of(entry, problem));
        }
    }
}
