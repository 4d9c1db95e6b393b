package io.gapless.backfill;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.media.stitch.Fill;
import io.gapless.media.stitch.FillPlan;
import io.gapless.media.stitch.Hole;
import io.gapless.media.stitch.StitchOptions;
import io.gapless.media.stitch.Stitching;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done for one camera: look at its timeline, ask the rings for what is missing, note what
 * is lost. One thread at a time, which may change; {@link #hope} and {@link #stop} are for any.
 */
final class CameraBackfill {
    private static final Logger LOG = LoggerFactory.getLogger(CameraBackfill.class);

    /** Of one plan; a longer outage is planned again behind them. */
    private static final int MOST_FILLS = 4096;

    /** Beyond what is looked at, which is more than what rings hold. */
    private static final Duration FORGOTTEN = Duration.ofHours(3);

    /** Every note is a file in the archive. */
    private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);

    /**
     * How long what follows an outage is waited for while the rings' video does not fill it yet.
     * What is fetched before its end is known leaves the rest too little room, or too much, where
     * the clocks of both sessions differ.
     */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final CameraId camera;
    private final ArchiveView archive;
    private final Rings rings;
    private final Stitching<RingCopy> stitching;
    private final InstantSource clock;
    private final LongSupplier nanoTicker;
    private final FillQueue out;
    private final FillListener listener;
    private final CameraTally tally;

    private final LookPlan plan;
    private final InFlight inFlight = new InFlight();
    private final UnreadRecordings unread;

    /** What was given up, noted or not. */
    private final Ranges settled = new Ranges();

    /** What was given up and is to be noted. */
    private final Ranges toNote = new Ranges();

    private Optional<Long> notedNanos = Optional.empty();
    private GapCause lostCause = GapCause.UNKNOWN;

    /** What the last fills were for. */
    private List<Hole> beingFilled = List.of();

    /** What the last looks together left open. */
    private List<Hole> open = List.of();

    private volatile boolean hopes;
    private volatile boolean stopped;

    CameraBackfill(
            CameraId camera,
            BackfillTools tools,
            FillQueue out,
            FillListener listener,
            CameraTally tally) {
        this.camera = camera;
        this.unread = new UnreadRecordings(camera);
        this.archive = tools.archive();
        this.rings = tools.rings();
        this.stitching = new Stitching<>(StitchOptions.DEFAULT, tools.partDigests());
        this.clock = tools.clock();
        this.nanoTicker = tools.nanoTicker();
        this.plan = new LookPlan(tools.limits());
        this.out = out;
        this.listener = listener;
        this.tally = tally;
    }

    CameraId camera() {
        return camera;
    }

    /** A ring is back, so old gaps are worth another question. */
    void hope() {
        hopes = true;
    }

    /** Nothing more is to be done for this camera. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /**
     * Looks at the timeline and asks the rings.
     *
     * @return what to fetch, in order of time
     * @throws IOException if the archive cannot be read or written
     */
    List<Fill<RingCopy>> look() throws IOException {
        long nowNanos = nanoTicker.getAsLong();
        MediaTime now = MediaTime.of(clock.instant());
        if (hopes) {
            hopes = false;
            plan.hope(nowNanos);
        }
        TimeRange range = plan.range(now, nowNanos);
        Sight sight = archive.look(camera, range);
        unread.seen(sight.unread(), range, nowNanos);
        confirm(sight, now, nowNanos);
        HoleChoice choice =
                HoleChoice.of(
                        sight,
                        now,
                        plan.oldest(now),
                        settled,
                        new HoleChoice.Doubt(
                                part -> unread.mayReturn(part, nowNanos), unread::mayHold));
        Findings findings = new Findings(sight, now, nowNanos);
        choice.expired().forEach(hole -> findings.give(hole.range(), hole.cause()));
        findings.stillOpen.addAll(choice.waiting());
        if (inFlight.isExpecting(nowNanos)) {
            findings.stillOpen.addAll(choice.ask());
        } else {
            HoleGroup.of(choice.ask()).forEach(findings::ask);
        }
        conclude(findings, range, nowNanos);
        return findings.fills;
    }

    private void confirm(Sight sight, MediaTime now, long nowNanos) {
        if (inFlight.seen(sight.shown()) > 0 && !inFlight.isExpecting(nowNanos)) {
            Optional<MediaTime> last = sight.lastStart();
            for (Hole hole : beingFilled) {
                MediaTime resumed = hole.range().to();
                boolean isOpen =
                        sight.holes().stream().anyMatch(h -> h.range().overlaps(hole.range()));
                if (!isOpen && last.map(at -> !at.isBefore(resumed)).orElse(false)) {
                    listener.filled(MediaTime.duration(now.ticksSince(resumed)));
                }
            }
            beingFilled = List.of();
        }
        MediaTime oldest = plan.oldest(now);
        inFlight.forgetBefore(oldest);
        unread.forgetBefore(oldest.plusTicks(-MediaTime.ticks(FORGOTTEN)));
        settled.forgetBefore(oldest.plusTicks(-MediaTime.ticks(BETWEEN_NOTES)));
    }

    private void conclude(Findings findings, TimeRange range, long nowNanos) throws IOException {
        if (!findings.fills.isEmpty()) {
            beingFilled = List.copyOf(findings.asked);
        }
        open = withEarlier(findings.stillOpen, range.from());
        tally.open(open);
        tally.unread(unread.count());
        noteLost(findings, nowNanos);
        plan.looked(
                range,
                findings.sight.holes().stream().map(hole -> hole.range().from()).findFirst(),
                findings.stillOpen.stream()
                        .map(hole -> hole.range().from())
                        .min(Comparator.naturalOrder()),
                !findings.fills.isEmpty(),
                nowNanos);
    }

    /** Most looks see the last minutes only. */
    private List<Hole> withEarlier(List<Hole> stillOpen, MediaTime from) {
        List<Hole> all = new ArrayList<>();
        for (Hole hole : open) {
            if (hole.range().from().isBefore(from)) {
                MediaTime to = MediaTime.min(hole.range().to(), from);
                all.add(new Hole(new TimeRange(hole.range().from(), to), hole.cause()));
            }
        }
        all.addAll(stillOpen);
        return all;
    }

    private void noteLost(Findings findings, long nowNanos) throws IOException {
        boolean due = notedNanos.map(at -> nowNanos - at >= BETWEEN_NOTES.toNanos()).orElse(true);
        if (toNote.isEmpty() || !due) {
            return;
        }
        List<TimeRange> open = findings.stillOpen.stream().map(Hole::range).toList();
        for (TimeRange stretch : LostJudge.stretches(toNote.ranges(), open)) {
            archive.lost(camera, stretch, lostCause, "No replica holds this video.");
            LOG.warn(
                    "Camera {}: what is missing from {} to {} is lost: no ring holds it",
                    camera,
                    stretch.from(),
                    stretch.to());
        }
        notedNanos = Optional.of(nowNanos);
        toNote.clear();
    }

    /** Hands a fetched fragment on, which it takes over. */
    void handOn(Fragment placed) {
        FragmentHeader header = placed.header();
        long bytes = placed.sizeBytes();
        out.offer(placed);
        inFlight.handedOn(header, nanoTicker.getAsLong());
        listener.fetched(bytes);
    }

    /** How long to wait before the next look. */
    Duration pause() {
        return plan.pause(inFlight.isExpecting(nanoTicker.getAsLong()));
    }

    /** What one look brings. */
    private final class Findings {
        private final Sight sight;
        private final MediaTime now;
        private final long nowNanos;
        private final List<Fill<RingCopy>> fills = new ArrayList<>();
        private final List<Hole> asked = new ArrayList<>();
        private final List<Hole> stillOpen = new ArrayList<>();

        Findings(Sight sight, MediaTime now, long nowNanos) {
            this.sight = sight;
            this.now = now;
            this.nowNanos = nowNanos;
        }

        void ask(HoleGroup group) {
            if (fills.size() >= MOST_FILLS) {
                stillOpen.addAll(group.holes());
                return;
            }
            TimeRange around = group.withMargin();
            RingAnswers answers = rings.ask(camera, around, id -> inFlight.isGivenUp(id, nowNanos));
            FillPlan<RingCopy> found = plan(group, around, answers);
            if (!found.unfilled().isEmpty() && isSettling(group)) {
                stillOpen.addAll(group.holes());
                return;
            }
            fills.addAll(found.fills().subList(0, Math.min(found.fills().size(), MOST_FILLS)));
            if (found.fills().isEmpty()) {
                found.unfilled().forEach(part -> judge(part, group, answers));
            } else {
                // Once they are seen in the archive it is clear what is left.
                asked.addAll(group.holes());
                stillOpen.addAll(group.holes());
            }
        }

        private boolean isSettling(HoleGroup group) {
            return now.ticksSince(group.range().to()) < MediaTime.ticks(SETTLING);
        }

        private FillPlan<RingCopy> plan(HoleGroup group, TimeRange around, RingAnswers answers) {
            try {
                return stitching.plan(sight.shownIn(around), group.holes(), answers.offers());
            } catch (IOException e) {
                LOG.debug("Camera {}: no plan yet: {}", camera, e.toString());
                stillOpen.addAll(group.holes());
                return new FillPlan<>(List.of(), List.of());
            }
        }

        private void judge(TimeRange part, HoleGroup group, RingAnswers answers) {
            GapCause cause =
                    group.holes().stream()
                            .filter(hole -> hole.range().overlaps(part))
                            .map(Hole::cause)
                            .findFirst()
                            .orElse(GapCause.UNKNOWN);
            if (!unread.mayHold(part) && LostJudge.isLost(part, answers, now)) {
                give(part, cause);
            } else {
                stillOpen.add(new Hole(part, cause));
            }
        }

        /** Gives {@code part} up. */
        private void give(TimeRange part, GapCause cause) {
            tally.lost(settled.missingOf(part));
            settled.add(part);
            toNote.add(part);
            lostCause = cause;
        }
    }
}
