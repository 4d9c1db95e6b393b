package io.gapless.system.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.system.backfill.Judgement.Clock;
import io.gapless.system.backfill.Judgement.Missing;
import io.gapless.system.backfill.RawFragment.RawFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The judge is judged with archives made by hand: GOPs of ten frames of 3,600 ticks. */
class JudgementTest {
    private static final int GOP = 10;
    private static final long FRAME = 3600;
    private static final UUID PRIMARY = new UUID(0, 1);
    private static final UUID AFTERWARDS = new UUID(0, 2);
    private static final UUID REPLICA = new UUID(0, 3);

    private final List<RawFragment> archive = new ArrayList<>();

    @Test
    void aFilledGapIsWhole() {
        put(PRIMARY, 0, false);
        put(REPLICA, 10, true);
        put(AFTERWARDS, 20, false);
        Judgement judgement = judge();
        assertThat(judgement.isWhole()).isTrue();
        assertThat(judgement.misplaced()).isEmpty();
        assertThat(judgement.expected()).isEqualTo(30);
        assertThat(judgement.found()).isEqualTo(30);
        assertThat(judgement.rawDuplicates()).isZero();
    }

    @Test
    void aHoleIsMissing() {
        put(PRIMARY, 0, false);
        put(AFTERWARDS, 20, false);
        assertThat(judge().missing()).containsExactly(new Missing(10, 19, 9 * FRAME, 20 * FRAME));
    }

    @Test
    void theSameFragmentTwiceIsShownOnce() {
        put(PRIMARY, 0, false);
        put(REPLICA, 10, true);
        put(REPLICA, 10, true);
        assertThat(judge().duplicated()).isZero();
        assertThat(judge().rawDuplicates()).isEqualTo(10);
    }

    @Test
    void aFillMayBeSqueezedOnlyIfTheCamerasClockStepped() {
        put(PRIMARY, 0, false);
        put(REPLICA, 10, true);
        archive.add(squeezed(archive.remove(1)));
        assertThat(judge().misplaced()).hasSize(GOP - 1);
        assertThat(Judgement.of("cam", Clock.STEPPING, archive).misplaced()).isEmpty();
    }

    @Test
    void theSameVideoAtTwoTimesIsShownTwice() {
        put(PRIMARY, 0, false);
        put(PRIMARY, 10, false);
        archive.add(fragment(REPLICA, 2, 10, 0, GOP, 20 * FRAME, false, false, true));
        Judgement judgement = judge();
        assertThat(judgement.duplicated()).isEqualTo(10);
        assertThat(judgement.misplaced()).hasSize(1);
    }

    @Test
    void aWholeFragmentCoversDamagedOnes() {
        put(PRIMARY, 0, false);
        archive.add(fragment(AFTERWARDS, 1, 10, 0, 4, 10 * FRAME, true, false, false));
        archive.add(fragment(AFTERWARDS, 2, 10, 6, 10, 16 * FRAME, true, false, false));
        assertThat(judge().missing()).singleElement().extracting(Missing::frames).isEqualTo(2L);
        put(REPLICA, 10, true);
        assertThat(judge().isWhole()).isTrue();
        assertThat(judge().rawDuplicates()).isEqualTo(8);
    }

    @Test
    void aSeamEndsWhatWasShownBeforeIt() {
        put(PRIMARY, 0, false);
        put(PRIMARY, 10, false);
        archive.add(fragment(REPLICA, 1, 14, 0, GOP, 14 * FRAME, false, true, true));
        put(AFTERWARDS, 24, false);
        assertThat(judge().isWhole()).isTrue();
    }

    @Test
    void clocksMayDifferByLessThanHalfAFrame() {
        put(PRIMARY, 0, false);
        archive.add(fragment(REPLICA, 1, 5, 0, GOP, 5 * FRAME - 800, false, false, true));
        Judgement judgement = judge();
        assertThat(judgement.isWhole()).isTrue();
        assertThat(judgement.misplaced()).isEmpty();
    }

    @Test
    void framesInAnotherOrderAreMisplaced() {
        put(PRIMARY, 0, false);
        archive.add(fragment(REPLICA, 1, 20, 0, GOP, 10 * FRAME, false, false, true));
        archive.add(fragment(REPLICA, 2, 10, 0, GOP, 20 * FRAME, false, false, true));
        assertThat(judge().missing()).isEmpty();
        assertThat(judge().misplaced()).isNotEmpty();
    }

    /** In seven tenths of its time. */
    private static RawFragment squeezed(RawFragment whole) {
        long start = whole.startTicks90k();
        return new RawFragment(
                whole.run(),
                whole.sequence(),
                start,
                whole.durationTicks90k() * 7 / 10,
                whole.digest(),
                whole.damaged(),
                whole.seam(),
                whole.replica(),
                whole.frames().stream()
                        .map(
                                frame ->
                                        new RawFrame(
                                                frame.counter(),
                                                frame.captureMicros(),
                                                start + (frame.ticks90k() - start) * 7 / 10))
                        .toList());
    }

    private Judgement judge() {
        return Judgement.of("cam", archive);
    }

    private void put(UUID run, int counter, boolean replica) {
        archive.add(
                fragment(
                        run,
                        counter / GOP,
                        counter,
                        0,
                        GOP,
                        counter * FRAME,
                        false,
                        false,
                        replica));
    }

    /** Frames {@code from} to {@code to} of the GOP that begins with {@code counter}. */
    private static RawFragment fragment(
            UUID run,
            long sequence,
            long counter,
            int from,
            int to,
            long start,
            boolean damaged,
            boolean seam,
            boolean replica) {
        List<RawFrame> frames = new ArrayList<>();
        for (int i = from; i < to; i++) {
            long captured = (counter + i) * 40_000;
            frames.add(new RawFrame(counter + i, captured, start + (i - from) * FRAME));
        }
        String digest = "%s/%d-%d".formatted(counter, from, to);
        long duration = (to - from) * FRAME;
        return new RawFragment(
                run, sequence, start, duration, digest, damaged, seam, replica, frames);
    }
}
