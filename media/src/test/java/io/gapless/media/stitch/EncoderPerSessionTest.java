package io.gapless.media.stitch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.TimeRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A camera that encodes for each session: no two sessions have a digest in common. */
class EncoderPerSessionTest {
    private static final long SECOND = MediaTime.TICKS_PER_SECOND;
    private static final long GOP = 2 * SECOND;
    private static final CameraId CAMERA = new CameraId("cam");

    /** What the first outage was filled with lies beside the second, and proves nothing. */
    @Test
    void theSecondOutageWithinAMinuteIsFilledToo() throws IOException {
        List<FragmentHeader> replica = run(3, 0, 120, SECOND / 2, Origin.REPLICA);
        List<FragmentHeader> primary = new ArrayList<>(run(1, 0, 20, 0, Origin.PRIMARY));
        primary.addAll(run(2, 20 + 14, 20, 0, Origin.PRIMARY));
        List<FragmentHeader> fills = fill(primary, replica, 20 * SECOND, 34 * SECOND);
        assertThat(fills.get(0).seam()).isTrue();
        primary.addAll(fills);
        primary.addAll(run(4, 70, 20, 0, Origin.PRIMARY));
        fill(primary, replica, 54 * SECOND, 70 * SECOND);
    }

    /** Of the simulator's: it has so many encoders and no more, and a clip that repeats. */
    @Test
    void anEarlierSessionThatLooksLikeALaterOneSaysNothing() throws IOException {
        List<FragmentHeader> replica = new ArrayList<>(run(2, 0, 40, 0, Origin.REPLICA));
        replica.addAll(run(3, 48, 100, SECOND / 3, Origin.REPLICA));
        List<FragmentHeader> primary = new ArrayList<>(run(1, 0, 58, 0, Origin.PRIMARY));
        primary.addAll(run(4, 2, 84, 60, 0, Origin.PRIMARY));
        fill(primary, replica, 58 * SECOND, 84 * SECOND);
    }

    private static List<FragmentHeader> fill(
            List<FragmentHeader> primary, List<FragmentHeader> replica, long from, long to)
            throws IOException {
        TimeRange range = new TimeRange(new MediaTime(from), new MediaTime(to));
        TimeRange seen =
                new TimeRange(new MediaTime(from - 30 * SECOND), new MediaTime(to + 30 * SECOND));
        FillPlan<Integer> plan =
                new Stitching<Integer>(StitchOptions.DEFAULT, (offer, n) -> Optional.empty())
                        .plan(
                                primary.stream().filter(h -> h.range().overlaps(seen)).toList(),
                                List.of(new Hole(range, GapCause.RECORDER_RESTART)),
                                replica.stream()
                                        .filter(h -> h.range().overlaps(seen))
                                        .map(h -> new Offer<>(h, "replica", 0))
                                        .toList());
        assertThat(plan.unfilled()).isEmpty();
        List<FragmentHeader> fills = plan.fills().stream().map(Fill::placed).toList();
        assertThat(fills.get(0).start().ticks90k()).isLessThanOrEqualTo(from);
        assertThat(fills.get(fills.size() - 1).end().ticks90k()).isGreaterThanOrEqualTo(to);
        return fills;
    }

    /** GOPs of two seconds; as in a short clip that repeats, every other one looks the same. */
    private static List<FragmentHeader> run(
            int run, long startSecond, int seconds, long offset, Origin origin) {
        return run(run, run, startSecond, seconds, offset, origin);
    }

    private static List<FragmentHeader> run(
            int run, int encoder, long startSecond, int seconds, long offset, Origin origin) {
        return IntStream.range(0, seconds / 2)
                .mapToObj(
                        i ->
                                new FragmentHeader(
                                        CAMERA,
                                        new RunId(new UUID(0, run)),
                                        i,
                                        new MediaTime(startSecond * SECOND + i * GOP + offset),
                                        GOP,
                                        50,
                                        0,
                                        new Digest(encoder, i % 2),
                                        true,
                                        false,
                                        i == 0
                                                ? Optional.of(GapCause.RECORDER_RESTART)
                                                : Optional.empty(),
                                        origin))
                .toList();
    }
}
