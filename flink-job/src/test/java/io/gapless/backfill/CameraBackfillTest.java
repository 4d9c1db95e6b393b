package io.gapless.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.archive.read.Problem;
import io.gapless.archive.read.UnreadableRecording;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.TimeRange;
import io.gapless.media.stitch.Fill;
import io.gapless.ring.client.Throttle;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One camera's backfill against an archive and rings in memory; each step is made by hand. */
final class CameraBackfillTest {
    private static final long SHIFT = 777;

    private final Gops video = new Gops(MediaTime.of(Instant.parse("2026-11-22T10:00:00Z")));
    private final FakeArchive archive = new FakeArchive();
    private final FakeRing one = new FakeRing("one", video);
    private final FakeRing two = new FakeRing("two", video);
    private final MediaMemory memory = new MediaMemory(16 << 20);
    private final MemoryGate gate = new MemoryGate(memory);
    private final FillQueue out = new FillQueue();
    private final CameraTally tally = new CameraTally();
    private final List<Duration> filled = new ArrayList<>();
    private MediaTime now = video.at(100);
    private long nanos = 1;

    private final Rings rings =
            new Rings(() -> List.of(one, two), () -> nanos, () -> camera().hope());
    private final Fetcher fetcher = new Fetcher(rings, memory, gate, Throttle.NONE);
    private final CameraBackfill camera =
            new CameraBackfill(
                    Gops.CAMERA,
                    new BackfillTools(
                            archive,
                            rings,
                            (offer, units) -> Optional.empty(),
                            BackfillLimits.DEFAULT,
                            () -> now.toInstant(),
                            () -> nanos),
                    out,
                    new FillListener() {
                        @Override
                        public void fetched(long bytes) {}

                        @Override
                        public void filled(Duration afterResumption) {
                            filled.add(afterResumption);
                        }
                    },
                    tally);

    private CameraBackfill camera() {
        return camera;
    }

    @Test
    void anOutageIsFilledToTheTickAndThenCostsNothing() throws Exception {
        primary(0, 20);
        primary(40, 60);
        replica(one, 0, 60);
        List<FragmentHeader> fills = round();
        assertThat(fills).hasSize(20);
        assertThat(fills.get(0).start()).isEqualTo(video.at(20));
        assertThat(fills.get(19).end()).isEqualTo(video.at(40));
        assertThat(fills).allMatch(fill -> fill.origin() == Origin.REPLICA && !fill.seam());

        advance(2);
        int asked = one.lists;
        assertThat(round()).isEmpty();
        assertThat(one.lists).isEqualTo(asked);
        assertThat(tally.openGaps()).isZero();
        assertThat(filled).containsExactly(Duration.ofSeconds(62));
        assertThat(archive.lost).isEmpty();
    }

    @Test
    void twoRingsWithHolesFillTogetherWhatEitherHas() throws Exception {
        primary(0, 20);
        primary(50, 60);
        replica(one, 0, 30);
        replica(two, 30, 60);
        assertThat(untilQuiet()).hasSize(30);
        assertThat(archive.lost).isEmpty();
        assertThat(tally.openGaps()).isZero();
    }

    @Test
    void aPartIsFetchedOnlyWhenTheRestDoesNotCome() throws Exception {
        now = video.at(62);
        primary(0, 20);
        primary(50, 60);
        replica(one, 0, 40);
        assertThat(round()).isEmpty();
        assertThat(tally.openGaps()).isEqualTo(1);
        assertThat(archive.lost).isEmpty();
        advance(20);
        assertThat(round()).hasSize(20);
    }

    @Test
    void whatNoRingHoldsIsLostOnceAndNeverAskedForAgain() throws Exception {
        primary(0, 20);
        primary(50, 60);
        replica(one, 0, 30);
        replica(one, 40, 60);
        replica(two, 52, 60);
        assertThat(untilQuiet()).hasSize(20);
        assertThat(archive.lost).containsExactly(new TimeRange(video.at(30), video.at(40)));
        int asked = one.lists;
        advance(400);
        assertThat(untilQuiet()).isEmpty();
        assertThat(one.lists).isEqualTo(asked);
        assertThat(archive.lost).hasSize(1);
    }

    @Test
    void aRingThatIsAwayKeepsTheGapOpenUntilItAnswers() throws Exception {
        primary(0, 20);
        primary(50, 60);
        replica(one, 50, 60);
        replica(two, 0, 60);
        two.listFault = Optional.of(RingFault.UNREACHABLE);
        assertThat(untilQuiet()).isEmpty();
        assertThat(archive.lost).isEmpty();
        assertThat(tally.openGaps()).isEqualTo(1);
        assertThat(tally.openSeconds()).isEqualTo(30);

        two.listFault = Optional.empty();
        advance(60);
        assertThat(untilQuiet()).hasSize(30);
    }

    @Test
    void aRingThatCannotReadAllItsDisksKeepsTheGapOpen() throws Exception {
        primary(0, 20);
        primary(50, 60);
        replica(one, 0, 30);
        replica(one, 50, 60);
        replica(two, 50, 60);
        one.complete = false;
        assertThat(untilQuiet()).as("what it can read").hasSize(10);
        assertThat(archive.lost).isEmpty();
        assertThat(tally.openSeconds()).isEqualTo(20);

        one.complete = true;
        advance(700);
        untilQuiet();
        assertThat(archive.lost).containsExactly(new TimeRange(video.at(30), video.at(50)));
    }

    @Test
    void aRingThatHasNotCaughtUpIsAskedAgain() throws Exception {
        primary(0, 20);
        primary(50, 60);
        replica(one, 0, 40);
        replica(two, 0, 20);
        assertThat(round()).hasSize(20);
        advance(5);
        assertThat(round()).isEmpty();
        assertThat(archive.lost).isEmpty();
        replica(two, 40, 60);
        advance(35);
        assertThat(untilQuiet()).hasSize(10);
    }

    @Test
    void whatALyingRingSendsIsReplacedByAnother() throws Exception {
        primary(0, 20);
        primary(40, 60);
        replica(one, 0, 60);
        one.fetchFault = Optional.of(RingFault.LYING);
        assertThat(round()).isEmpty();
        replica(two, 0, 60);
        advance(30);
        assertThat(round()).hasSize(20);
        assertThat(one.fetched).isEmpty();
        assertThat(archive.lost).isEmpty();
    }

    @Test
    void aLyingRingAloneLosesNothingForGood() throws Exception {
        primary(0, 20);
        primary(40, 60);
        replica(one, 0, 60);
        replica(two, 50, 60);
        one.fetchFault = Optional.of(RingFault.LYING);
        untilQuiet();
        assertThat(archive.lost).isEmpty();
        one.fetchFault = Optional.empty();
        advance(700);
        assertThat(untilQuiet()).hasSize(20);
    }

    @Test
    void aDeadWritersRecordingIsWaitedFor() throws Exception {
        primary(0, 20);
        primary(40, 60);
        replica(one, 0, 60);
        archive.awaitsRecovery = true;
        assertThat(round()).isEmpty();
        assertThat(one.lists).isZero();
        archive.awaitsRecovery = false;
        advance(30);
        assertThat(round()).hasSize(20);
    }

    @Test
    void whatAnUnreadableRecordingMayHoldIsWaitedForThenFilledAndNeverLost() throws Exception {
        primary(0, 20);
        primary(50, 60);
        primary(70, 100);
        replica(one, 0, 40);
        replica(two, 0, 20);
        replica(one, 50, 100);
        replica(two, 95, 100);
        unreadable(20, 50);
        assertThat(untilQuiet()).as("what surely is missing").hasSize(10);
        assertThat(tally.unreadRecordings()).isEqualTo(1);
        assertThat(tally.openSeconds()).isEqualTo(30);

        advance(UnreadRecordings.PATIENCE.toSeconds());
        assertThat(untilQuiet()).as("what a ring holds").hasSize(20);
        assertThat(archive.lost).isEmpty();
        assertThat(tally.openSeconds()).isEqualTo(10);

        archive.unread.clear();
        advance(400);
        untilQuiet();
        assertThat(archive.lost).containsExactly(new TimeRange(video.at(40), video.at(50)));
        assertThat(tally.unreadRecordings()).isZero();
    }

    @Test
    void whatAnUnreadableRecordingMayHoldIsNotLostByAgeEither() throws Exception {
        primary(0, 20);
        primary(50, 60);
        unreadable(20, 50);
        now = video.at(24 * 3600 + 40);
        assertThat(untilQuiet()).isEmpty();
        assertThat(archive.lost).isEmpty();
    }

    @Test
    void whatTheArchiveDoesNotShowInTimeIsFetchedAgainButNotForEver() throws Exception {
        primary(0, 20);
        primary(25, 60);
        replica(one, 0, 60);
        replica(two, 30, 60);
        int handedOn = 0;
        for (int minute = 0; minute < 20; minute++) {
            handedOn += fetch(camera.look()).size();
            advance(61);
        }
        assertThat(handedOn).isEqualTo(3 * 5);
    }

    @Test
    void whatIsOlderThanTheRingsIsLostWithoutAsking() throws Exception {
        primary(0, 20);
        primary(50, 60);
        now = video.at(25 * 3600);
        assertThat(untilQuiet()).isEmpty();
        assertThat(archive.lost).containsExactly(new TimeRange(video.at(20), video.at(50)));
        assertThat(one.lists).isZero();
    }

    @Test
    void anArchiveThatIsAwayIsAnExceptionForTheCallerAndNothingElse() throws Exception {
        primary(0, 20);
        primary(40, 60);
        replica(one, 0, 60);
        archive.away = true;
        assertThatThrownBy(camera::look).isInstanceOf(IOException.class);
        archive.away = false;
        assertThat(round()).hasSize(20);
    }

    private void primary(long from, long to) {
        RunId run = RunId.random();
        for (long second = from; second < to; second++) {
            archive.held.add(video.header(run, second - from, second, 0, Origin.PRIMARY));
        }
    }

    private void unreadable(long from, long to) {
        archive.unread.add(
                new UnreadableRecording(
                        new Problem("recordings/it.mp4", 0, "cannot be read: on purpose"),
                        new TimeRange(video.at(from), video.at(to))));
    }

    private void replica(FakeRing ring, long from, long to) {
        RunId run = RunId.random();
        for (long second = from; second < to; second++) {
            ring.hold(video.header(run, second - from, second, SHIFT, Origin.REPLICA), second);
        }
    }

    private void advance(long seconds) {
        now = now.plusTicks(seconds * Gops.TICKS);
        nanos += Duration.ofSeconds(seconds).toNanos();
    }

    /** Looks, fetches, and lets the archive show what was handed on. */
    private List<FragmentHeader> round() throws Exception {
        List<FragmentHeader> fills = fetch(camera.look());
        archive.held.addAll(fills);
        return fills;
    }

    private List<FragmentHeader> untilQuiet() throws Exception {
        List<FragmentHeader> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.addAll(round());
            advance(5);
        }
        return all;
    }

    private List<FragmentHeader> fetch(List<Fill<RingCopy>> fills) throws InterruptedException {
        for (Fill<RingCopy> fill : fills) {
            fetcher.fetch(camera, fill);
        }
        List<FragmentHeader> headers = new ArrayList<>();
        Optional<Fragment> next = out.poll();
        while (next.isPresent()) {
            headers.add(next.get().header());
            next.get().release();
            next = out.poll();
        }
        assertThat(memory.usedBytes()).isZero();
        return headers;
    }
}
