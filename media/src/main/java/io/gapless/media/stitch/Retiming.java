package io.gapless.media.stitch;

import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import io.gapless.media.SampleTable;
import java.util.Arrays;
import java.util.Optional;

/**
 * Moves a fragment to another place of the timeline. Presentation times scale linearly with the
 * duration; decoding times are the same times in order, as in every fragment of ours, so each frame
 * lasts at least a tick and the durations sum exactly.
 */
public final class Retiming {
    private final long oldStart;
    private final long oldDuration;
    private final long newStart;
    private final long newDuration;

    private Retiming(FragmentHeader from, FragmentHeader to) {
        oldStart = from.start().ticks90k();
        oldDuration = from.durationTicks90k();
        newStart = to.start().ticks90k();
        newDuration = to.durationTicks90k();
    }

    /**
     * Takes over ownership of {@code fragment}, which is then spent. Audio access units, and
     * metadata, keep their durations, the first moves along.
     *
     * @param placed the header under which it is stored
     * @throws IllegalArgumentException if {@code placed} is of another fragment, or too short for a
     *     tick a frame; the caller then still owns the fragment
     */
    public static Fragment apply(Fragment fragment, FragmentHeader placed) {
        check(fragment.header(), placed);
        Retiming retiming = new Retiming(fragment.header(), placed);
        return new Fragment(
                placed,
                fragment.configuration(),
                retiming.video(fragment.video()),
                fragment.videoData(),
                retiming.side(fragment.audio()),
                retiming.side(fragment.metadata()));
    }

    private static void check(FragmentHeader is, FragmentHeader placed) {
        boolean same =
                is.run().equals(placed.run())
                        && is.sequence() == placed.sequence()
                        && is.videoFrames() == placed.videoFrames();
        if (!same || placed.durationTicks90k() < placed.videoFrames()) {
            throw new IllegalArgumentException(
                    "fragment %d of run %s cannot be placed as fragment %d of run %s with %d frames in %d ticks"
                            .formatted(
                                    is.sequence(),
                                    is.run(),
                                    placed.sequence(),
                                    placed.run(),
                                    placed.videoFrames(),
                                    placed.durationTicks90k()));
        }
    }

    private SampleTable video(SampleTable old) {
        if (oldDuration == newDuration) {
            return old;
        }
        long[] oldTimes = decodingTimes(old);
        long[] newTimes = newTimes(oldTimes, oldDuration, newDuration);
        int[] durations = new int[old.size()];
        int[] offsets = new int[old.size()];
        for (int i = 0; i < durations.length; i++) {
            long end = i + 1 < newTimes.length ? newTimes[i + 1] : newDuration;
            durations[i] = Math.toIntExact(end - newTimes[i]);
            long shown = oldTimes[i] + old.compositionOffsets()[i];
            offsets[i] = Math.toIntExact(presented(shown, oldTimes, newTimes) - newTimes[i]);
        }
        return new SampleTable(old.sizesBytes(), durations, offsets, old.keyFrames());
    }

    /** Since the fragment's start. */
    private static long[] decodingTimes(SampleTable table) {
        long[] times = new long[table.size()];
        for (int i = 1; i < times.length; i++) {
            times[i] = times[i - 1] + table.durations()[i - 1];
        }
        return times;
    }

    /** Linear, and distinct however short the new duration is. */
    static long[] newTimes(long[] oldTimes, long oldDuration, long newDuration) {
        long[] times = new long[oldTimes.length];
        for (int i = 0; i < times.length; i++) {
            long earliest = i == 0 ? 0 : times[i - 1] + 1;
            long latest = newDuration - (times.length - i);
            long linear = Math.round((double) oldTimes[i] * newDuration / oldDuration);
            times[i] = Math.min(Math.max(linear, earliest), latest);
        }
        return times;
    }

    /** The presentation times are the decoding times in another order. */
    private long presented(long oldTime, long[] oldTimes, long[] newTimes) {
        int at = Arrays.binarySearch(oldTimes, oldTime);
        return at >= 0 ? newTimes[at] : scale(oldTime);
    }

    private long scale(long ticks) {
        return Math.round((double) ticks * newDuration / oldDuration);
    }

    private Optional<Fragment.SideTrack> side(Optional<Fragment.SideTrack> track) {
        return track.map(
                t ->
                        new Fragment.SideTrack(
                                new MediaTime(newStart + scale(t.start().ticks90k() - oldStart)),
                                t.samples(),
                                t.data()));
    }
}
