package io.gapless.archive.read;

import static java.util.Comparator.comparingLong;

import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.TimeRange;
import io.gapless.media.timeline.Selected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which fragments go into an export, in order, and which of their access units.
 *
 * @param range that the export is of
 */
record ExportPlan(TimeRange range, List<Step> steps) {
    /**
     * @param stays whether an access unit presented at that time is written
     */
    record Step(ArchivedFragment fragment, Predicate<MediaTime> stays) {
        StreamConfiguration configuration() {
            return fragment.recording().content().configurations().get(0);
        }

        int audioRateHz() {
            return configuration().audio().map(audio -> audio.sampleRateHz()).orElse(1);
        }
    }

    /** Judges whether a fragment's frames that are asked for can be decoded from its beginning. */
    @FunctionalInterface
    interface DecodableAlone {
        boolean test(Selected<ArchivedFragment> selected) throws IOException;
    }

    static ExportPlan of(CameraView view, DecodableAlone decodable) throws IOException {
        List<Selected<ArchivedFragment>> selected =
                view.report().fragments().stream().filter(s -> s.frames() > 0).toList();
        TimeRange range = view.timeline().range();
        List<Step> steps = new ArrayList<>();
        for (Selected<ArchivedFragment> s : selected) {
            if (steps.isEmpty()) {
                if (!decodable.test(s)) {
                    leadIn(s.fragment(), view.contents().fragments())
                            .forEach(f -> steps.add(new Step(f, time -> true)));
                }
                steps.add(new Step(s.fragment(), time -> time.isBefore(s.part().to())));
            } else {
                steps.add(new Step(s.fragment(), s.part()::contains));
            }
        }
        return new ExportPlan(range, steps);
    }

    /** The fragments of the same run before {@code first}, unbroken from a key frame on, if any. */
    private static List<ArchivedFragment> leadIn(
            ArchivedFragment first, List<ArchivedFragment> all) {
        List<ArchivedFragment> leadIn = new ArrayList<>();
        ArchivedFragment next = first;
        while (leadIn.isEmpty() || !next.header().startsWithKeyFrame()) {
            Optional<ArchivedFragment> before = predecessor(next.header(), all);
            if (before.isEmpty()) {
                return List.of();
            }
            next = before.get();
            leadIn.add(0, next);
        }
        return leadIn;
    }

    private static Optional<ArchivedFragment> predecessor(
            FragmentHeader header, List<ArchivedFragment> all) {
        return all.stream()
                .filter(f -> f.header().run().equals(header.run()))
                .filter(f -> f.header().sequence() == header.sequence() - 1)
                .min(comparingLong(f -> f.header().damaged() ? 1 : 0));
    }
}
