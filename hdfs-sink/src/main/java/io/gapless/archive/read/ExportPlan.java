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
     * @param stays whether a picture presented at that time is written
     * @param soundStays likewise of sound
     */
    record Step(
            ArchivedFragment fragment,
            Predicate<MediaTime> stays,
            Predicate<MediaTime> soundStays) {
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
        for (int i = 0; i < selected.size(); i++) {
            Selected<ArchivedFragment> s = selected.get(i);
            MediaTime soundEnd = soundEnd(selected, i);
            if (i == 0) {
                if (!decodable.test(s)) {
                    leadIn(s.fragment(), view.contents().fragments())
                            .forEach(f -> steps.add(new Step(f, time -> true, time -> true)));
                }
                steps.add(
                        new Step(
                                s.fragment(),
                                time -> time.isBefore(s.part().to()),
                                time -> time.isBefore(soundEnd)));
            } else {
                TimeRange sound = new TimeRange(soundStart(selected, i), soundEnd);
                steps.add(new Step(s.fragment(), s.part()::contains, sound::contains));
            }
        }
        return new ExportPlan(range, steps);
    }

    /**
     * Sound that came late for the fragment before stands in the next of its run; only where
     * another run is shown before would it sound twice.
     */
    private static MediaTime soundStart(List<Selected<ArchivedFragment>> selected, int i) {
        return i > 0 && isUnbroken(selected.get(i - 1), selected.get(i))
                ? new MediaTime(Long.MIN_VALUE)
                : selected.get(i).stretch().from();
    }

    private static MediaTime soundEnd(List<Selected<ArchivedFragment>> selected, int i) {
        return i + 1 < selected.size() && isUnbroken(selected.get(i), selected.get(i + 1))
                ? new MediaTime(Long.MAX_VALUE)
                : selected.get(i).stretch().to();
    }

    private static boolean isUnbroken(
            Selected<ArchivedFragment> one, Selected<ArchivedFragment> next) {
        FragmentHeader a = one.fragment().header();
        FragmentHeader b = next.fragment().header();
        return a.run().equals(b.run())
                && b.sequence() == a.sequence() + 1
                && one.stretch().to().equals(a.end())
                && next.stretch().from().equals(b.start());
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
