package io.gapless.media.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraId;
import io.gapless.media.Digest;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.TimeRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TimelineBuilderTest {
    private static final CameraId CAMERA = new CameraId("door");
    private static final long FRAME = 3600;
    private static final long EPOCH = 1_000_000 * FRAME;

    private final TimelineBuilder<FragmentHeader> builder =
            new TimelineBuilder<>(header -> header, TimelineBuilderTest::presentations);

    @Test
    void fragmentsThatFollowExactlyAreOneSpan() throws IOException {
        TimelineReport<FragmentHeader> report =
                build(0, 100, List.of(fragment(1, 1, 20, 30, 0), fragment(1, 0, 0, 20, 0)));

        assertThat(report.timeline().spans())
                .containsExactly(new Span(at(0), at(50), 50, Origin.PRIMARY));
        assertThat(report.timeline().gaps()).isEmpty();
    }

    @Test
    void aHoleWithoutCauseIsAnUndeclaredGap() throws IOException {
        TimelineReport<FragmentHeader> report =
                build(0, 100, List.of(fragment(1, 0, 0, 20, 0), fragment(1, 2, 40, 20, 0)));

        Gap gap = new Gap(at(20), at(40), GapCause.UNKNOWN, Gap.State.OPEN);
        assertThat(report.timeline().gaps()).containsExactly(gap);
        assertThat(report.undeclaredGaps()).containsExactly(gap);
    }

    @Test
    void aCauseWithNothingMissingIsNoGapAndLessThanHalfAFrameNeither() throws IOException {
        TimelineReport<FragmentHeader> report =
                build(
                        0,
                        100,
                        List.of(
                                fragment(1, 0, 0, 20, 0),
                                because(fragment(1, 1, 20, 20, 0), GapCause.CAMERA_CLOCK),
                                fragment(1, 2, 40, 20, FRAME / 2 - 1)));

        assertThat(report.timeline().gaps()).isEmpty();
        assertThat(report.timeline().spans()).hasSize(1);
        assertThat(report.timeline().frames()).isEqualTo(60);
    }

    @Test
    void anInterruptionAtItsBeginningIsTheCauseOfAGapBeforeWhatTheNextRunSays() throws IOException {
        FragmentHeader next = because(fragment(2, 0, 50, 20, 0), GapCause.RECORDER_RESTART);
        List<FragmentHeader> fragments = List.of(fragment(1, 0, 0, 20, 0), next);

        assertThat(build(0, 100, fragments).timeline().gaps())
                .extracting(Gap::cause)
                .containsExactly(GapCause.RECORDER_RESTART);
        assertThat(
                        builder.build(
                                        CAMERA,
                                        range(0, 100),
                                        fragments,
                                        List.of(interruption(20, GapCause.CAMERA_SILENT)),
                                        false)
                                .timeline()
                                .gaps())
                .extracting(Gap::cause)
                .containsExactly(GapCause.CAMERA_SILENT);
    }

    @Test
    void anInterruptionAfterTheLastFragmentIsAGapThatStillLasts() throws IOException {
        TimelineReport<FragmentHeader> report =
                builder.build(
                        CAMERA,
                        range(0, 100),
                        List.of(fragment(1, 0, 0, 20, 0)),
                        List.of(interruption(20, GapCause.CAMERA_DISCONNECTED)),
                        false);

        assertThat(report.timeline().gaps())
                .containsExactly(
                        new Gap(at(20), at(100), GapCause.CAMERA_DISCONNECTED, Gap.State.OPEN));
        assertThat(report.undeclaredGaps()).isEmpty();
    }

    @Test
    void nothingIsMissingBeforeTheFirstFrameEverUnlessItIsDeclared() throws IOException {
        List<FragmentHeader> first =
                List.of(because(fragment(1, 0, 50, 20, 0), GapCause.RECORDER_RESTART));
        List<Interruption> never = List.of(interruption(10, GapCause.CAMERA_REFUSED));

        assertThat(build(0, 70, first).timeline().gaps()).isEmpty();
        assertThat(builder.build(CAMERA, range(0, 70), first, never, false).timeline().gaps())
                .containsExactly(new Gap(at(10), at(50), GapCause.CAMERA_REFUSED, Gap.State.OPEN));
        assertThat(builder.build(CAMERA, range(0, 70), first, List.of(), true).timeline().gaps())
                .containsExactly(new Gap(at(0), at(50), GapCause.RECORDER_RESTART, Gap.State.OPEN));
    }

    @Test
    void theSameFragmentTwiceCountsOnceAndTheWholeOneIsShown() throws IOException {
        FragmentHeader whole = fragment(1, 0, 0, 20, 0);
        TimelineReport<FragmentHeader> report = build(0, 50, List.of(damaged(whole), whole));

        assertThat(report.timeline().frames()).isEqualTo(20);
        assertThat(report.duplicates()).containsExactly(new Duplicate<>(damaged(whole), whole));
    }

    @Test
    void twoRecordersOfTheSameGopCountOnceButAStaticSceneAsOftenAsItIs() throws IOException {
        FragmentHeader mine = fragment(1, 0, 0, 20, 0);
        FragmentHeader zombie = fragment(2, 7, 0, 20, 900);
        FragmentHeader nextGop = fragment(1, 1, 20, 20, 0);
        TimelineReport<FragmentHeader> report =
                build(0, 50, List.of(alike(zombie), alike(mine), alike(nextGop)));

        assertThat(report.timeline().frames()).isEqualTo(40);
        assertThat(report.duplicates())
                .containsExactly(new Duplicate<>(alike(zombie), alike(mine)));
    }

    @Test
    void originsAreSpansOfTheirOwn() throws IOException {
        TimelineReport<FragmentHeader> report =
                build(0, 50, List.of(fragment(1, 0, 0, 20, 0), replica(fragment(2, 0, 20, 20, 0))));

        assertThat(report.timeline().spans())
                .containsExactly(
                        new Span(at(0), at(20), 20, Origin.PRIMARY),
                        new Span(at(20), at(40), 20, Origin.REPLICA));
    }

    @Test
    void thePrimarysOwnFragmentIsShownInsteadOfItsFill() throws IOException {
        FragmentHeader own = fragment(9, 4, 20, 20, 0);
        FragmentHeader fill = replica(fragment(2, 7, 20, 20, 500));
        TimelineReport<FragmentHeader> report =
                build(0, 60, List.of(fill, fragment(1, 0, 0, 20, 0), own));

        assertThat(report.duplicates()).containsExactly(new Duplicate<>(fill, own));
        assertThat(report.timeline().spans())
                .containsExactly(new Span(at(0), at(40), 40, Origin.PRIMARY));
    }

    @Test
    void aFillIsMixedWithThePrimarysPartOfTheSameGroupOfPictures() throws IOException {
        FragmentHeader part = fragment(1, 0, 0, 14, 0);
        FragmentHeader whole = replica(fragment(2, 0, 0, 20, 0));
        TimelineReport<FragmentHeader> report = build(0, 60, List.of(whole, part));

        assertThat(shownFrames(report)).hasSize(20).doesNotHaveDuplicates();
        assertThat(report.timeline().spans())
                .containsExactly(
                        new Span(at(0), at(14), 14, Origin.PRIMARY),
                        new Span(at(14), at(20), 6, Origin.REPLICA));
    }

    @Test
    void aWholeFillIsShownInsteadOfDamagedFragments() throws IOException {
        List<FragmentHeader> fragments =
                List.of(
                        damaged(fragment(1, 0, 0, 8, 0)),
                        damaged(because(fragment(1, 1, 10, 10, 0), GapCause.PACKET_LOSS)),
                        replica(fragment(2, 0, 0, 20, 0)));
        assertThat(build(0, 60, fragments).timeline().spans())
                .containsExactly(new Span(at(0), at(20), 20, Origin.REPLICA));
        assertThat(build(0, 60, fragments).timeline().gaps()).isEmpty();
    }

    @Test
    void aSeamCutsOffWhatOtherRunsBeganBeforeIt() throws IOException {
        FragmentHeader before = fragment(1, 0, 0, 20, 0);
        FragmentHeader fill = seam(replica(fragment(2, 0, 12, 20, 0)));
        FragmentHeader after = fragment(3, 0, 30, 20, 0);
        TimelineReport<FragmentHeader> report = build(0, 60, List.of(before, fill, after));

        assertThat(report.timeline().spans())
                .containsExactly(
                        new Span(at(0), at(12), 12, Origin.PRIMARY),
                        new Span(at(12), at(30), 18, Origin.REPLICA),
                        new Span(at(30), at(50), 20, Origin.PRIMARY));
        assertThat(report.timeline().seams()).containsExactly(at(12));
        assertThat(report.timeline().gaps()).isEmpty();
        assertThat(shownFrames(report)).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void whatASeamCutsOffIsShownWhereTheFillEndsBeforeIt() throws IOException {
        FragmentHeader longer = fragment(1, 0, 0, 30, 0);
        FragmentHeader fill = seam(replica(fragment(2, 0, 12, 6, 0)));
        assertThat(build(0, 60, List.of(longer, fill)).timeline().spans())
                .containsExactly(
                        new Span(at(0), at(12), 12, Origin.PRIMARY),
                        new Span(at(12), at(18), 6, Origin.REPLICA),
                        new Span(at(18), at(30), 12, Origin.PRIMARY));
    }

    @Test
    void aDamagedSeamDoesNotCutOffWhatIsWhole() throws IOException {
        FragmentHeader whole = fragment(1, 0, 0, 20, 0);
        FragmentHeader fill = damaged(seam(replica(fragment(2, 0, 12, 20, 0))));
        assertThat(build(0, 60, List.of(whole, fill)).timeline().spans())
                .containsExactly(
                        new Span(at(0), at(20), 20, Origin.PRIMARY),
                        new Span(at(20), at(32), 12, Origin.REPLICA));
    }

    @Test
    void aRunThatGoesOnExactlyWhereAFillEndsLeavesNoGap() throws IOException {
        List<FragmentHeader> fragments =
                List.of(
                        fragment(1, 0, 0, 20, 0),
                        replica(fragment(2, 5, 20, 20, 0)),
                        because(fragment(3, 0, 40, 20, 0), GapCause.RECORDER_RESTART));
        assertThat(build(0, 60, fragments).timeline().gaps()).isEmpty();
        assertThat(build(0, 60, fragments).timeline().spans()).hasSize(3);
    }

    @Test
    void lessThanHalfAFrameBetweenRunsIsNoGapWhateverTheySay() throws IOException {
        long some = FRAME / 2 - 1;
        List<FragmentHeader> fragments =
                List.of(
                        fragment(1, 0, 0, 20, -some),
                        because(replica(fragment(2, 5, 20, 20, 0)), GapCause.RECORDER_RESTART),
                        because(fragment(3, 0, 40, 20, some), GapCause.RECORDER_RESTART));
        assertThat(build(0, 60, fragments).timeline().gaps()).isEmpty();
    }

    @Test
    void whatIsLostSplitsGapsAndOpensNone() throws IOException {
        List<FragmentHeader> fragments =
                List.of(
                        fragment(1, 0, 0, 20, 0),
                        because(fragment(2, 0, 50, 20, 0), GapCause.CAMERA_SILENT));
        TimelineReport<FragmentHeader> report =
                builder.build(
                        CAMERA,
                        range(0, 100),
                        fragments,
                        List.of(),
                        false,
                        List.of(range(25, 35), range(30, 60), range(5, 10)));

        assertThat(report.timeline().gaps())
                .containsExactly(
                        new Gap(at(20), at(25), GapCause.CAMERA_SILENT, Gap.State.OPEN),
                        new Gap(at(25), at(50), GapCause.CAMERA_SILENT, Gap.State.LOST));
        assertThat(report.timeline().spans()).hasSize(2);
        assertThat(report.lost()).containsExactly(range(5, 10), range(25, 60));
    }

    /** Three recorders with clocks a little apart, each with holes: brute force over frames. */
    @Test
    void everyFrameThatAnybodyHasIsShownOnce() throws IOException {
        for (long seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            List<FragmentHeader> fragments = new ArrayList<>();
            for (int run = 1; run <= 3; run++) {
                fragments.addAll(run(random, run));
            }
            Collections.shuffle(fragments, random);
            int from = random.nextInt(100);
            int to = from + random.nextInt(250);

            TimelineReport<FragmentHeader> report = build(from, to, fragments);
            List<Integer> held = heldFrames(fragments);
            // a frame at the edge is in the range or not by the clock of who shows it
            List<Integer> shown = shownFrames(report);
            assertThat(shown).as("seed %d", seed).doesNotHaveDuplicates().isSorted();
            for (int frame = from + 1; frame < to - 1; frame++) {
                assertThat(shown.contains(frame))
                        .as("seed %d: frame %d", seed, frame)
                        .isEqualTo(held.contains(frame));
            }
            checkSums(seed, report, shown.size());
        }
    }

    private static void checkSums(long seed, TimelineReport<FragmentHeader> report, long frames) {
        Timeline timeline = report.timeline();
        assertThat(timeline.frames()).as("seed %d", seed).isEqualTo(frames);
        assertThat(timeline.spans().stream().mapToLong(Span::frames).sum()).isEqualTo(frames);
        List<TimeRange> stretches = new ArrayList<>();
        timeline.spans().forEach(s -> stretches.add(new TimeRange(s.start(), s.end())));
        timeline.gaps().forEach(g -> stretches.add(new TimeRange(g.start(), g.end())));
        for (int i = 0; i < stretches.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(stretches.get(i).overlaps(stretches.get(j)))
                        .as("seed %d: %s and %s", seed, stretches.get(i), stretches.get(j))
                        .isFalse();
            }
        }
    }

    private static List<FragmentHeader> run(Random random, int run) {
        List<FragmentHeader> fragments = new ArrayList<>();
        long skew = random.nextLong(-800, 800);
        int at = random.nextInt(60);
        for (int sequence = 0; at < 300; sequence++) {
            int frames = 1 + random.nextInt(25);
            FragmentHeader next = fragment(run, sequence, at, frames, skew);
            if (random.nextInt(4) != 0) {
                FragmentHeader kept = random.nextInt(4) == 0 ? damaged(next) : next;
                kept = run == 3 ? replica(kept) : kept;
                fragments.add(random.nextInt(8) == 0 ? seam(kept) : kept);
            }
            at += frames;
        }
        return fragments;
    }

    private static List<Integer> heldFrames(List<FragmentHeader> fragments) {
        return fragments.stream()
                .flatMap(f -> LongStream.of(presentations(f)).mapToObj(t -> frameAt(t)))
                .distinct()
                .toList();
    }

    private static List<Integer> shownFrames(TimelineReport<FragmentHeader> report) {
        return report.fragments().stream()
                .flatMap(
                        s ->
                                LongStream.of(presentations(s.fragment()))
                                        .filter(t -> s.part().contains(new MediaTime(t)))
                                        .mapToObj(t -> frameAt(t)))
                .toList();
    }

    private static int frameAt(long ticks90k) {
        return (int) Math.round((ticks90k - EPOCH) / (double) FRAME);
    }

    private static long[] presentations(FragmentHeader header) {
        return IntStream.range(0, header.videoFrames())
                .mapToLong(i -> header.start().ticks90k() + i * FRAME)
                .toArray();
    }

    private TimelineReport<FragmentHeader> build(int from, int to, List<FragmentHeader> fragments)
            throws IOException {
        return builder.build(CAMERA, range(from, to), fragments, List.of(), false);
    }

    private static MediaTime at(long frame) {
        return new MediaTime(EPOCH + frame * FRAME);
    }

    private static TimeRange range(int from, int to) {
        return new TimeRange(at(from), at(to));
    }

    private static Interruption interruption(int frame, GapCause cause) {
        return new Interruption(CAMERA, at(frame), cause, "gone");
    }

    private static FragmentHeader fragment(int run, int sequence, int at, int frames, long skew) {
        return new FragmentHeader(
                CAMERA,
                new RunId(new UUID(0, run)),
                sequence,
                at(at).plusTicks(skew),
                frames * FRAME,
                frames,
                0,
                new Digest(at, frames),
                true,
                false,
                Optional.empty(),
                Origin.PRIMARY);
    }

    private static FragmentHeader because(FragmentHeader header, GapCause cause) {
        return header.withGapBefore(Optional.of(cause));
    }

    private static FragmentHeader damaged(FragmentHeader h) {
        return with(h, h.digest(), true, h.origin());
    }

    private static FragmentHeader replica(FragmentHeader h) {
        return with(h, h.digest(), h.damaged(), Origin.REPLICA);
    }

    private static FragmentHeader seam(FragmentHeader h) {
        return h.placed(h.start(), h.durationTicks90k(), h.gapBefore(), h.origin(), true);
    }

    /** With the digest of a picture that does not change. */
    private static FragmentHeader alike(FragmentHeader h) {
        return with(h, new Digest(0, 0), h.damaged(), h.origin());
    }

    private static FragmentHeader with(
            FragmentHeader h, Digest digest, boolean damaged, Origin origin) {
        return new FragmentHeader(
                h.camera(),
                h.run(),
                h.sequence(),
                h.start(),
                h.durationTicks90k(),
                h.videoFrames(),
                h.audioFrames(),
                digest,
                h.startsWithKeyFrame(),
                damaged,
                h.gapBefore(),
                origin,
                h.seam(),
                h.metadataFrames(),
                h.closed());
    }
}
