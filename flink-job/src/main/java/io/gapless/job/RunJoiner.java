package io.gapless.job;

import io.gapless.media.CameraEvent;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins a camera's runs to one timeline: says why there is a gap before each run, and keeps a run
 * from beginning before the last one ended. Pure, but for the log.
 *
 * <p>Runs overlap when clocks disagree: the camera's was set back between two sessions, or the last
 * run followed the camera's clock and the next one has only arrival times. The later run is then
 * moved as a whole, so that no two frames claim the same time and distances within the run stay: to
 * where it belongs by the time that has passed since the last run's end, so that what was missed in
 * between leaves a gap, which backfill finds.
 *
 * <p>What an earlier incarnation left behind may be an hour old, or older, and may have been
 * written by a wall clock that was wrong. A run begins within 5 s of the wall clock
 * (docs/design/time.md), so right clocks make two runs overlap by 10 s at the most; more than that
 * is not believed of a state that was restored, and the run stays where its own clock puts it. A
 * state that is too old moves nothing: its end lies before anything that is received now.
 */
final class RunJoiner {
    private static final Logger LOG = LoggerFactory.getLogger(RunJoiner.class);
    private static final long NOTICEABLE_TICKS = MediaTime.TICKS_PER_SECOND;

    private static final long MOST_OF_RIGHT_CLOCKS_TICKS = 10L * MediaTime.TICKS_PER_SECOND;

    private final String incarnation;

    /** An event to hand on, and what is known of the camera after it. */
    record Joined(CameraEvent event, CameraHistory history) {}

    /**
     * @param incarnation another one than before means that the recorder was restarted
     */
    RunJoiner(String incarnation) {
        this.incarnation = incarnation;
    }

    /**
     * @param now by the wall clock
     */
    Joined join(CameraHistory history, CameraEvent event, MediaTime now) {
        if (event instanceof Fragment fragment) {
            return fragment.header().run().toString().equals(history.run())
                    ? sameRun(history, fragment, now)
                    : newRun(history, fragment, now);
        }
        return interrupted(history, (Interruption) event);
    }

    private Joined sameRun(CameraHistory history, Fragment fragment, MediaTime now) {
        return handOn(history, fragment, history.shiftTicks90k(), history.runs(), now);
    }

    private Joined newRun(CameraHistory history, Fragment fragment, MediaTime now) {
        FragmentHeader header = fragment.header();
        long shift = shift(history, header, now);
        GapCause cause = header.gapBefore().orElseGet(() -> cause(history));
        return handOn(
                history,
                fragment.withHeader(header.withGapBefore(Optional.of(cause))),
                shift,
                history.runs() + 1,
                now);
    }

    private long shift(CameraHistory history, FragmentHeader header, MediaTime now) {
        if (history.endTicks90k() == Long.MIN_VALUE) {
            return 0;
        }
        long overlap = Math.max(0, history.endTicks90k() - header.start().ticks90k());
        boolean restored = !history.incarnation().equals(incarnation);
        boolean believed = !restored || overlap <= MOST_OF_RIGHT_CLOCKS_TICKS;
        if (overlap > NOTICEABLE_TICKS) {
            LOG.warn(
                    "camera {}: run {} would begin {} before the last one ended; {}",
                    header.camera(),
                    header.run(),
                    MediaTime.duration(overlap),
                    believed ? "moved" : "not moved, for that end was restored");
        }
        return believed && overlap > 0 ? overlap + missed(history, header, now) : 0;
    }

    /**
     * The time between the end of the last run and the beginning of this one, as the wall clock saw
     * them come. By more than right clocks disagree it cannot be: then the runs did not overlap.
     */
    private static long missed(CameraHistory history, FragmentHeader header, MediaTime now) {
        long began = now.ticks90k() - history.lagTicks90k() - header.durationTicks90k();
        long passed = Math.max(0, began - history.endTicks90k());
        return Math.min(passed, MOST_OF_RIGHT_CLOCKS_TICKS);
    }

    private GapCause cause(CameraHistory history) {
        if (history.openCause() != 0) {
            return GapCause.ofCode(history.openCause());
        }
        return history.incarnation().equals(incarnation)
                ? GapCause.UNKNOWN
                : GapCause.RECORDER_RESTART;
    }

    private Joined handOn(
            CameraHistory history, Fragment fragment, long shift, long runs, MediaTime now) {
        Fragment moved = shift == 0 ? fragment : fragment.shiftedBy(shift);
        return new Joined(
                moved,
                new CameraHistory(
                        incarnation,
                        moved.header().run().toString(),
                        shift,
                        moved.header().end().ticks90k(),
                        now.ticksSince(moved.header().end()),
                        0,
                        history.fragments() + 1,
                        runs));
    }

    /** The first cause of a gap is its cause; what goes wrong later only prolongs it. */
    private Joined interrupted(CameraHistory history, Interruption event) {
        MediaTime at =
                history.endTicks90k() == Long.MIN_VALUE
                        ? event.at()
                        : MediaTime.max(event.at(), new MediaTime(history.endTicks90k()));
        int cause = history.openCause() == 0 ? event.cause().code() : history.openCause();
        return new Joined(
                new Interruption(event.camera(), at, event.cause(), event.detail()),
                new CameraHistory(
                        incarnation,
                        history.run(),
                        history.shiftTicks90k(),
                        history.endTicks90k(),
                        history.lagTicks90k(),
                        cause,
                        history.fragments(),
                        history.runs()));
    }
}
