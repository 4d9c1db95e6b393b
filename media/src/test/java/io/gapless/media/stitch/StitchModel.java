package io.gapless.media.stitch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.TimeRange;
import io.gapless.media.stitch.Scene.Content;
import io.gapless.media.timeline.Selected;
import io.gapless.media.timeline.TimelineBuilder;
import io.gapless.media.timeline.TimelineReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** One camera, its archive and its replicas, frame by frame; and what stitching must make of it. */
final class StitchModel {
    private static final long MILLISECOND = 90;

    private final Scene scene;
    private final Random random;
    private final long clockRange;
    private final long jumpRange;
    private final double ppm;
    private final int cap;
    private final List<Taken> archive = new ArrayList<>();
    private final List<Taken> rings = new ArrayList<>();
    private final TimelineBuilder<Taken> builder =
            new TimelineBuilder<>(Taken::header, Taken::presentationTimes);
    private long runs;

    /**
     * @param clockMillis how far each clock may be off
     * @param jumpMillis how far clocks may differ between two sessions of a recorder
     */
    StitchModel(long seed, Content content, int clockMillis, int jumpMillis, double ppm) {
        random = new Random(seed);
        scene = Scene.random(random, content, 300 + random.nextInt(900));
        clockRange = clockMillis * MILLISECOND;
        jumpRange = jumpMillis * MILLISECOND;
        this.ppm = ppm;
        cap = random.nextInt(3) == 0 ? 10 + random.nextInt(20) : 300;
    }

    /**
     * @param lossy whether packets get lost on the way to it, besides its outages
     */
    void recordPrimary(boolean lossy) {
        Outages outages = Outages.random(random, scene.size(), lossy);
        long base = between(clockRange);
        long end = Long.MIN_VALUE;
        int lastFrame = 0;
        for (Outages.Span span : outages.sessions()) {
            List<Taken> run = session(span, outages, Origin.PRIMARY, base + between(jumpRange));
            if (run.isEmpty()) {
                continue;
            }
            int missing = run.get(0).frames().get(0) - lastFrame;
            long shift = Math.max(0, end + missing * Scene.FRAME / 3 - start(run));
            for (Taken taken : end == Long.MIN_VALUE ? run : shifted(run, shift)) {
                archive.add(taken);
                end = taken.header().end().ticks90k();
                lastFrame = taken.frames().get(taken.frames().size() - 1) + 1;
            }
        }
    }

    /** As the recorder does with a run that would begin before the last one ended. */
    private static List<Taken> shifted(List<Taken> run, long shift) {
        return run.stream()
                .map(t -> t.placed(t.header().withStart(t.header().start().plusTicks(shift))))
                .toList();
    }

    private static long start(List<Taken> run) {
        return run.get(0).header().start().ticks90k();
    }

    void recordReplica() {
        Outages outages = Outages.random(random, scene.size(), false);
        long base = between(clockRange);
        for (Outages.Span span : outages.sessions()) {
            rings.addAll(session(span, outages, Origin.REPLICA, base + between(jumpRange / 4)));
        }
    }

    private List<Taken> session(Outages.Span span, Outages outages, Origin origin, long offset) {
        Session.Clock clock =
                new Session.Clock(offset, ppm == 0 ? 0 : random.nextDouble(-ppm, ppm));
        RunId run = new RunId(new UUID(random.nextLong(), ++runs));
        return new Session(scene, run, origin, clock, cap)
                .record(span.from(), span.to(), outages.lost(), span.flushes());
    }

    private long between(long range) {
        return range == 0 ? 0 : random.nextLong(-range, range);
    }

    /** Scans until nothing is planned any more, which must be the third time at the latest. */
    void fill() throws IOException {
        for (int scan = 0; scan < 3; scan++) {
            FillPlan<Taken> plan = plan();
            if (plan.fills().isEmpty()) {
                return;
            }
            for (Fill<Taken> fill : plan.fills()) {
                archive.add(fill.offer().source().placed(fill.placed()));
            }
        }
        assertThat(plan().fills()).as("fills planned again and again").isEmpty();
    }

    private FillPlan<Taken> plan() throws IOException {
        TimelineReport<Taken> report = report();
        List<FragmentHeader> shown =
                report.fragments().stream()
                        .filter(s -> s.frames() > 0)
                        .map(s -> s.fragment().header())
                        .toList();
        List<Offer<Taken>> offers =
                rings.stream().map(taken -> new Offer<>(taken.header(), taken)).toList();
        return new Stitching<Taken>(
                        new StitchOptions(Duration.ofSeconds(15), 100_000),
                        (offer, k) ->
                                Optional.of(scene.digest(offer.source().frames().subList(0, k))))
                .plan(shown, Holes.of(report, Taken::header), offers);
    }

    TimelineReport<Taken> report() throws IOException {
        MediaTime end = archive.get(archive.size() - 1).header().end();
        for (Taken taken : archive) {
            end = MediaTime.max(end, taken.header().end());
        }
        TimeRange range = new TimeRange(archive.get(0).header().start(), end);
        return builder.build(Session.CAMERA, range, archive, List.of(), false, List.of());
    }

    void check() throws IOException {
        TimelineReport<Taken> report = report();
        List<Integer> shown = new ArrayList<>();
        for (Selected<Taken> selected : report.fragments()) {
            shown.addAll(selected.fragment().framesIn(selected.part()));
        }
        assertThat(shown).as("frames shown").doesNotHaveDuplicates().isSorted();
        TreeSet<Integer> missing = new TreeSet<>(heldWhole());
        missing.removeAll(shown);
        assertThat(missing).as("frames that somebody has whole").isEmpty();
        assertThat(report.undeclaredGaps()).as("undeclared gaps").isEmpty();
        assertThat(report.timeline().frames()).isEqualTo(shown.size());
    }

    /**
     * Between the first and the last frame of the primary. A replica's run counts if it has a whole
     * fragment in common with what is placed; its last one only if it is certainly whole.
     */
    private Set<Integer> heldWhole() {
        List<Taken> primary =
                archive.stream().filter(t -> t.header().origin() == Origin.PRIMARY).toList();
        Set<Integer> held = new HashSet<>();
        primary.forEach(taken -> addWhole(taken, held));
        Set<List<Integer>> known = new HashSet<>();
        primary.forEach(taken -> addFrames(taken, known));
        List<RunId> connected = connected(known);
        rings.stream()
                .filter(taken -> connected.contains(taken.header().run()) && closed(taken))
                .forEach(taken -> addWhole(taken, held));
        int from = primary.get(0).frames().get(0);
        List<Integer> last = primary.get(primary.size() - 1).frames();
        int to = last.get(last.size() - 1);
        held.removeIf(frame -> frame < from || frame > to);
        return held;
    }

    private List<RunId> connected(Set<List<Integer>> known) {
        List<RunId> connected = new ArrayList<>();
        int before = -1;
        while (before < connected.size()) {
            before = connected.size();
            for (Taken taken : rings) {
                RunId run = taken.header().run();
                if (!connected.contains(run) && known.contains(taken.frames()) && whole(taken)) {
                    connected.add(run);
                    rings.stream()
                            .filter(t -> t.header().run().equals(run))
                            .forEach(t -> addFrames(t, known));
                }
            }
        }
        return connected;
    }

    private static void addFrames(Taken taken, Set<List<Integer>> known) {
        if (whole(taken)) {
            known.add(taken.frames());
        }
    }

    private static boolean whole(Taken taken) {
        return !taken.header().damaged();
    }

    private boolean closed(Taken taken) {
        return rings.stream()
                .anyMatch(
                        t ->
                                t.header().run().equals(taken.header().run())
                                        && t.header().start().equals(taken.header().end()));
    }

    private static void addWhole(Taken taken, Set<Integer> held) {
        if (!taken.header().damaged()) {
            held.addAll(taken.frames());
        }
    }

    boolean isEmpty() {
        return archive.isEmpty();
    }

    /** For a look at what went wrong. */
    String story() {
        StringBuilder story = new StringBuilder();
        tell(story, "ring", rings);
        tell(story, "archive", archive);
        return story.toString();
    }

    private static void tell(StringBuilder story, String who, List<Taken> all) {
        for (Taken t : all) {
            FragmentHeader h = t.header();
            story.append(
                    String.format(
                            "%s %s#%d frames %d-%d at %d-%d%s%s%s%s%n",
                            who,
                            h.run().value().getLeastSignificantBits(),
                            h.sequence(),
                            t.frames().get(0),
                            t.frames().get(t.frames().size() - 1),
                            (h.start().ticks90k() - Scene.EPOCH) * 10 / Scene.FRAME,
                            (h.end().ticks90k() - Scene.EPOCH) * 10 / Scene.FRAME,
                            h.damaged() ? " damaged" : "",
                            h.gapBefore().map(GapCause::name).map(" after "::concat).orElse(""),
                            h.seam() ? " seam" : "",
                            h.origin() == Origin.REPLICA ? " replica" : ""));
        }
    }
}
