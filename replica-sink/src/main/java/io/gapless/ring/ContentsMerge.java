package io.gapless.ring;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.RunId;
import io.gapless.media.TimeRange;
import io.gapless.media.fmp4.Recording;
import io.gapless.media.fmp4.StoredFragment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Makes one answer of what the directories hold: each fragment once, by time. */
final class ContentsMerge {
    /** A segment and what it holds. */
    record Found(Path file, Recording recording) {}

    /** One directory's share. */
    record Part(List<Found> found, Optional<MediaTime> oldest, Optional<MediaTime> newest) {}

    private record Identity(RunId run, long sequence) {}

    private static final Comparator<RingEntry> BY_START =
            Comparator.comparing((RingEntry entry) -> entry.header().start())
                    .thenComparing(entry -> entry.header().run().value())
                    .thenComparing(entry -> entry.header().sequence());

    private final CameraId camera;
    private final TimeRange range;
    private final Map<Identity, RingEntry> entries = new HashMap<>();
    private final List<Interruption> interruptions = new ArrayList<>();
    private Optional<MediaTime> oldest = Optional.empty();
    private Optional<MediaTime> newest = Optional.empty();

    ContentsMerge(CameraId camera, TimeRange range) {
        this.camera = camera;
        this.range = range;
    }

    void add(Part part) {
        part.found.forEach(this::add);
        oldest = either(oldest, part.oldest, MediaTime::min);
        newest = either(newest, part.newest, MediaTime::max);
    }

    private static Optional<MediaTime> either(
            Optional<MediaTime> a, Optional<MediaTime> b, BinaryOperator<MediaTime> both) {
        return a.isPresent() && b.isPresent()
                ? Optional.of(both.apply(a.get(), b.get()))
                : a.or(() -> b);
    }

    private void add(Found found) {
        Recording recording = found.recording;
        if (!recording.configurations().isEmpty()) {
            recording.fragments().forEach(f -> add(found, f));
        }
        recording.interruptions().stream()
                .filter(i -> i.camera().equals(camera) && range.contains(i.at()))
                .forEach(interruptions::add);
    }

    private void add(Found found, StoredFragment fragment) {
        FragmentHeader header = fragment.header();
        if (header.camera().equals(camera) && header.range().overlaps(range)) {
            entries.merge(
                    new Identity(header.run(), header.sequence()),
                    new RingEntry(found.file, fragment, found.recording.configurations().get(0)),
                    (first, second) -> first.header().damaged() ? second : first);
        }
    }

    /**
     * @param complete whether all directories had their share
     */
    RingContents contents(boolean complete) {
        List<RingEntry> sorted = new ArrayList<>(entries.values());
        sorted.sort(BY_START);
        interruptions.sort(Comparator.comparing(Interruption::at));
        return new RingContents(camera, oldest, newest, sorted, interruptions, complete);
    }
}
