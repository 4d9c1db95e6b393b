package io.gapless.archive.read;

import io.gapless.archive.Archive;
import io.gapless.archive.ArchiveEntry;
import io.gapless.archive.ArchiveEntry.Kind;
import io.gapless.archive.GapNote;
import io.gapless.archive.read.CameraMemory.Failure;
import io.gapless.archive.read.CameraMemory.Listing;
import io.gapless.media.CameraId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A camera's files as one look finds them, with what the look before has read of them: finished
 * recordings and notes are never written again, growing ones are read on. What a look does not ask
 * for is forgotten. One thread.
 */
final class RememberedFiles implements ContentsSource {
    /** So long a day's listing is good that lies before the range: it says where the past ends. */
    private static final Duration PAST_LISTING = Duration.ofMinutes(10);

    private final Archive archive;
    private final ArchiveDays days;
    private final CameraFiles files;
    private final Instant now;
    private final LocalDate firstDay;
    private final CameraMemory before;
    private final Map<LocalDate, Listing> listings = new HashMap<>();
    private final Map<ArchiveEntry, IndexedRecording> recordings = new HashMap<>();
    private final Map<ArchiveEntry, GapNote> notes = new HashMap<>();
    private final Map<ArchiveEntry, Failure> failures = new HashMap<>();

    /**
     * @param from where the range begins that is looked at
     * @param before what the last look has read
     */
    RememberedFiles(
            Archive archive, ArchiveDays days, Instant now, Instant from, CameraMemory before) {
        this.archive = archive;
        this.days = days;
        this.files = new CameraFiles(archive);
        this.now = now;
        this.firstDay = LocalDate.ofInstant(from, ZoneOffset.UTC).minusDays(1);
        this.before = before;
    }

    /** What this look was asked for. */
    CameraMemory memory() {
        long fragments =
                recordings.values().stream().mapToLong(r -> r.content().fragments().size()).sum();
        return new CameraMemory(now, listings, recordings, notes, failures, fragments);
    }

    @Override
    public List<LocalDate> days() throws IOException {
        return days.days(now);
    }

    @Override
    public List<ArchiveEntry> entries(CameraId camera, LocalDate day) throws IOException {
        Listing known = listings.get(day);
        if (known == null) {
            known = pastListing(day).orElse(null);
        }
        if (known == null) {
            known = new Listing(files.entries(camera, day), now);
        }
        listings.put(day, known);
        return known.entries();
    }

    private Optional<Listing> pastListing(LocalDate day) {
        return Optional.ofNullable(before.listings().get(day))
                .filter(listing -> day.isBefore(firstDay))
                .filter(listing -> listing.at().plus(PAST_LISTING).isAfter(now));
    }

    @Override
    public Optional<IndexedRecording> recording(ArchiveEntry listed) throws IOException {
        Optional<Failure> failed = Optional.ofNullable(before.failures().get(listed));
        if (failed.filter(f -> now.isBefore(f.retry())).isPresent()) {
            failures.put(listed, failed.get());
            throw new IOException(failed.get().why());
        }
        try {
            return read(listed);
        } catch (IOException e) {
            failures.put(
                    listed,
                    failed.map(f -> f.again(e, now)).orElseGet(() -> Failure.first(e, now)));
            throw e;
        }
    }

    private Optional<IndexedRecording> read(ArchiveEntry listed) throws IOException {
        Optional<IndexedRecording> known = Optional.ofNullable(before.recordings().get(listed));
        Optional<IndexedRecording> found;
        if (known.isEmpty()) {
            found = files.recording(listed);
        } else if (listed.kind() == Kind.OPEN_RECORDING) {
            found = known.get().again(archive);
        } else {
            found = known;
        }
        found.ifPresent(recording -> recordings.put(recording.entry(), recording));
        return found;
    }

    @Override
    public Optional<GapNote> note(ArchiveEntry listed) throws IOException {
        Optional<GapNote> known = Optional.ofNullable(before.notes().get(listed));
        Optional<GapNote> found = known.isPresent() ? known : files.note(listed);
        found.ifPresent(note -> notes.put(listed, note));
        return found;
    }
}
