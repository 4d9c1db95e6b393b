package io.gapless.media.stitch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.TimeRange;
import io.gapless.media.timeline.Selected;
import io.gapless.media.timeline.TimelineBuilder;
import io.gapless.media.timeline.TimelineReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** One camera's archive and its replicas' rings, frame by frame; and what stitching makes of it. */
final class Site {
    final List<Taken> archive = new ArrayList<>();
    final List<Taken> rings = new ArrayList<>();
    private final Scene scene;
    private final TimelineBuilder<Taken> builder =
            new TimelineBuilder<>(Taken::header, Taken::presentationTimes);

    Site(Scene scene) {
        this.scene = scene;
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
        List<Integer> shown = shown();
        assertThat(shown).as("frames shown").doesNotHaveDuplicates();
        List<RunId> connected = connected();
        assertThat(shown(t -> isPrimary(t) || connected.contains(t.header().run())))
                .as("frames shown, but for runs that only clocks can place")
                .isSorted();
        TreeSet<Integer> missing = new TreeSet<>(heldWhole());
        missing.removeAll(shown);
        assertThat(missing).as("frames that somebody has whole").isEmpty();
        assertThat(report.undeclaredGaps()).as("undeclared gaps").isEmpty();
        assertThat(report.timeline().frames()).isEqualTo(shown.size());
    }

    /** The frames in the order in which they are shown. */
    List<Integer> shown() throws IOException {
        return shown(taken -> true);
    }

    private List<Integer> shown(Predicate<Taken> which) throws IOException {
        List<Integer> shown = new ArrayList<>();
        for (Selected<Taken> selected : report().fragments()) {
            if (which.test(selected.fragment())) {
                shown.addAll(selected.fragment().framesIn(selected.part()));
            }
        }
        return shown;
    }

    private static boolean isPrimary(Taken taken) {
        return taken.header().origin() == Origin.PRIMARY;
    }

    /**
     * Between the first and the last frame of the primary. A replica's run counts if it has a whole
     * fragment in common with what is placed; its last one only if it is certainly whole.
     */
    private Set<Integer> heldWhole() {
        List<Taken> primary = archive.stream().filter(Site::isPrimary).toList();
        Set<Integer> held = new HashSet<>();
        primary.forEach(taken -> addWhole(taken, held));
        List<RunId> connected = connected();
        rings.stream()
                .filter(taken -> connected.contains(taken.header().run()) && closed(taken))
                .forEach(taken -> addWhole(taken, held));
        int from = primary.get(0).frames().get(0);
        List<Integer> last = primary.get(primary.size() - 1).frames();
        int to = last.get(last.size() - 1);
        held.removeIf(frame -> frame < from || frame > to);
        return held;
    }

    /** Runs that share whole fragments with the primary, or with others that do. */
    private List<RunId> connected() {
        Set<List<Integer>> known = new HashSet<>();
        archive.stream().filter(Site::isPrimary).forEach(taken -> addFrames(taken, known));
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
