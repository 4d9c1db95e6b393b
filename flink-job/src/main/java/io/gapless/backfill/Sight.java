package io.gapless.backfill;

import io.gapless.archive.read.UnreadableRecording;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.stitch.Hole;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the archive shows of a camera in a range.
 *
 * @param shown fragments, in order of time
 * @param holes in order of time, without what is lost
 * @param awaitsRecovery whether a hole may be smaller than it looks, because a dead writer's
 *     recording is not finished yet
 * @param unread recordings that could not be read: where they may hold video, a hole may be none
 */
record Sight(
        TimeRange range,
        List<FragmentHeader> shown,
        List<Hole> holes,
        Predicate<TimeRange> awaitsRecovery,
        List<UnreadableRecording> unread) {
    Sight {
        shown = List.copyOf(shown);
        holes = List.copyOf(holes);
        unread = List.copyOf(unread);
    }

    /** Where the last fragment begins: what lies behind it may still be on its way. */
    Optional<MediaTime> lastStart() {
        return shown.stream().map(FragmentHeader::start).max(Comparator.naturalOrder());
    }

    /** Fragments that overlap {@code around}. */
    List<FragmentHeader> shownIn(TimeRange around) {
        return shown.stream().filter(header -> header.range().overlaps(around)).toList();
    }
}
