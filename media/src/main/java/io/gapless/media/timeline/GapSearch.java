package io.gapless.media.timeline;

import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the stretches that no fragment covers, with their causes. The cause of a gap is why it
 * began: an interruption at its beginning, else what the fragment after it says, else another
 * interruption in it. Without any it is an undeclared one. What is declared lost for good splits
 * it.
 *
 * <p>Less than half a frame is no gap, unless a run says that within itself something was lost
 * there: between runs and beside fills the times of frames are known no better than that.
 */
final class GapSearch {
    private final TimeRange range;
    private final boolean earlierRecordings;
    private final LostRanges lost;
    private final TreeMap<MediaTime, Interruption> interruptions = new TreeMap<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<Gap> undeclared = new ArrayList<>();

    GapSearch(
            TimeRange range,
            List<FragmentHeader> fragments,
            List<Interruption> interruptions,
            boolean earlierRecordings,
            LostRanges lost) {
        this.range = range;
        this.earlierRecordings = earlierRecordings;
        this.lost = lost;
        interruptions.forEach(i -> this.interruptions.putIfAbsent(i.at(), i));
        search(fragments.stream().sorted(Comparator.comparing(FragmentHeader::start)).toList());
    }

    List<Gap> gaps() {
        return gaps;
    }

    List<Gap> undeclared() {
        return undeclared;
    }

    private void search(List<FragmentHeader> fragments) {
        FragmentHeader last = null;
        for (FragmentHeader next : fragments) {
            if (last == null) {
                before(next);
            } else if (next.start().isAfter(last.end())) {
                between(last, next);
            }
            if (last == null || next.end().isAfter(last.end())) {
                last = next;
            }
        }
        after(Optional.ofNullable(last));
    }

    private void before(FragmentHeader first) {
        Optional<Interruption> earliest = firstIn(new MediaTime(Long.MIN_VALUE), first.start());
        if (earlierRecordings) {
            Optional<GapCause> cause =
                    first.gapBefore().or(() -> earliest.map(Interruption::cause));
            add(MediaTime.min(range.from(), first.start()), first.start(), cause);
        } else {
            earliest.ifPresent(i -> add(i.at(), first.start(), Optional.of(i.cause())));
        }
    }

    private void between(FragmentHeader last, FragmentHeader next) {
        long frame = frameTicks90k(last);
        MediaTime from = last.end().plusTicks(-frame / 2);
        Optional<GapCause> cause =
                firstIn(from, MediaTime.min(last.end().plusTicks(frame), next.start()))
                        .map(Interruption::cause)
                        .or(next::gapBefore)
                        .or(() -> firstIn(from, next.start()).map(Interruption::cause));
        boolean contiguous = 2 * next.start().ticksSince(last.end()) < frame;
        if (!contiguous || (cause.isPresent() && !timesMayDiffer(last, next))) {
            add(last.end(), next.start(), cause);
        }
    }

    private static boolean timesMayDiffer(FragmentHeader last, FragmentHeader next) {
        return !last.run().equals(next.run()) || next.origin() == Origin.REPLICA;
    }

    private void after(Optional<FragmentHeader> last) {
        MediaTime from =
                last.map(f -> f.end().plusTicks(-frameTicks90k(f) / 2))
                        .orElse(new MediaTime(Long.MIN_VALUE));
        firstIn(from, range.to())
                .ifPresent(
                        i -> {
                            MediaTime known = earlierRecordings ? range.from() : i.at();
                            MediaTime start = last.map(FragmentHeader::end).orElse(known);
                            add(start, MediaTime.max(start, range.to()), Optional.of(i.cause()));
                        });
    }

    private Optional<Interruption> firstIn(MediaTime from, MediaTime to) {
        return Optional.ofNullable(interruptions.ceilingEntry(from))
                .map(entry -> entry.getValue())
                .filter(i -> i.at().isBefore(to));
    }

    private static long frameTicks90k(FragmentHeader header) {
        return header.durationTicks90k() / header.videoFrames();
    }

    private void add(MediaTime from, MediaTime to, Optional<GapCause> cause) {
        MediaTime start = MediaTime.max(from, range.from());
        MediaTime end = MediaTime.min(to, range.to());
        if (start.isBefore(end)) {
            GapCause known = cause.orElse(GapCause.UNKNOWN);
            List<Gap> parts = lost.split(new TimeRange(start, end), known);
            gaps.addAll(parts);
            if (cause.isEmpty()) {
                parts.stream()
                        .filter(part -> part.state() == Gap.State.OPEN)
                        .forEach(undeclared::add);
            }
        }
    }
}
