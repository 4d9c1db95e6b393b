package io.gapless.archive.read;

import static java.util.Objects.requireNonNull;

import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.TimeRange;
import io.gapless.media.timeline.Selected;
import io.gapless.media.timeline.TimelineReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the archive held of a camera when it was looked at.
 *
 * @param report frames of fragments that are shown in part are estimated in it, all else is exact;
 *     without spans and gaps if the archive knows nothing of the camera
 * @param liveEdge end of the newest frame, as far as the archive was looked at
 * @param lookedAt by the wall clock
 * @param unreadable recordings that the report lacks: where they may hold video, what it shows as
 *     missing is not known to be
 */
public record WatchedTimeline(
        TimelineReport<ArchivedFragment> report,
        Optional<MediaTime> liveEdge,
        MediaTime lookedAt,
        List<UnreadableRecording> unreadable) {
    private static final long PATIENCE_TICKS = MediaTime.ticks(Duration.ofMinutes(2));

    public WatchedTimeline {
        requireNonNull(report, "report is null");
        requireNonNull(liveEdge, "liveEdge is null");
        requireNonNull(lookedAt, "lookedAt is null");
        unreadable = List.copyOf(unreadable);
    }

    /**
     * Whether more of what is missing may turn up by itself: the fragment before stands in a
     * recording that nobody has finished, the one after in another, so the former's writer has died
     * or failed, and not all it wrote may be readable before it is recovered. Nobody is waited for
     * longer than two minutes after video came again; and never for a fill, which may be fetched
     * again without harm.
     */
    public boolean awaitsRecovery(TimeRange hole) {
        if (lookedAt.ticksSince(hole.to()) > PATIENCE_TICKS) {
            return false;
        }
        Optional<ArchivedFragment> before = Optional.empty();
        for (Selected<ArchivedFragment> shown : report.fragments()) {
            TimeRange stretch = shown.stretch();
            if (!stretch.from().isBefore(hole.to())) {
                return before.isPresent() && leftBy(before.get(), shown.fragment());
            }
            if (stretch.from().isBefore(hole.from())) {
                before = Optional.of(shown.fragment());
            }
        }
        return false;
    }

    private static boolean leftBy(ArchivedFragment before, ArchivedFragment after) {
        return before.header().origin() == Origin.PRIMARY
                && before.recording().open()
                && !before.recording().entry().name().equals(after.recording().entry().name());
    }
}
