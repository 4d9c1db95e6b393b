package io.gapless.media.stitch;

import io.gapless.media.FragmentHeader;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A fragment as a recorder took it, and which of the camera's frames it holds.
 *
 * @param times of its frames by the recorder's clock
 * @param replica which recorder took it, "" for the primary
 * @param known from which frame of the camera on it can be read
 */
record Taken(
        FragmentHeader header, List<Integer> frames, List<Long> times, int known, String replica) {

    Taken placed(FragmentHeader to) {
        double scale = (double) to.durationTicks90k() / header.durationTicks90k();
        List<Long> moved =
                times.stream()
                        .map(t -> t - header.start().ticks90k())
                        .map(t -> to.start().ticks90k() + Math.round(t * scale))
                        .toList();
        return new Taken(to, frames, moved, known, replica);
    }

    long[] presentationTimes() {
        return times.stream().mapToLong(Long::longValue).toArray();
    }

    /** Those shown in {@code part}. */
    List<Integer> framesIn(io.gapless.media.TimeRange part) {
        return IntStream.range(0, frames.size())
                .filter(i -> part.contains(new io.gapless.media.MediaTime(times.get(i))))
                .mapToObj(frames::get)
                .toList();
    }
}
