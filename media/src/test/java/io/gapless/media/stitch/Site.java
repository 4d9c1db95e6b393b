package io.gapless.media.stitch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.Digest;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One camera's archive and its replicas' rings, frame by frame; and what stitching makes of it. */
final class Site {
    /** Frames. */
    private static final int NEAR = 20;

    /** By so many frames clocks differ from session to session, where they do: none can tell. */
    private static final int UNSTEADY = 6;

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
            if (!scan(scene.size())) {
                return;
            }
        }
        assertThat(scan(scene.size())).as("fills planned again and again").isFalse();
    }

    /** Scans again and again while the camera is recorded, as a recorder does. */
    void fillAsItGoes(int everyFrames) throws IOException {
        for (int now = everyFrames; now < scene.size(); now += everyFrames) {
            scan(now);
        }
        fill();
    }

    /**
     * @param now what was recorded before this frame is known
     * @return whether anything was filled
     */
    private boolean scan(int now) throws IOException {
        List<Taken> seen = archive.stream().filter(taken -> taken.known() <= now).toList();
        if (seen.isEmpty()) {
            return false;
        }
        TimelineReport<Taken> report = report(seen);
        List<FragmentHeader> shown =
                report.fragments().stream()
                        .filter(s -> s.frames() > 0)
                        .map(s -> s.fragment().header())
                        .toList();
        MediaTime lastStart = shown.get(shown.size() - 1).start();
        List<Hole> holes =
                Holes.of(report, Taken::header).stream()
                        .filter(
                                hole ->
                                        now >= scene.size()
                                                || hole.range().to().isBefore(lastStart))
                        .toList();
        List<Offer<Taken>> offers =
                rings.stream()
                        .filter(taken -> taken.known() <= now)
                        .map(taken -> new Offer<>(taken.header(), taken.replica(), taken))
                        .toList();
        FillPlan<Taken> plan =
                new Stitching<Taken>(
                                new StitchOptions(Duration.ofSeconds(11), 100_000), this::digest)
                        .plan(shown, holes, offers);
        plan.fills().forEach(fill -> archive.add(fill.offer().source().placed(fill.placed())));
        return !plan.fills().isEmpty();
    }

    private Optional<Digest> digest(Offer<Taken> offer, int accessUnits) {
        List<Integer> first = offer.source().frames().subList(0, accessUnits);
        RunId run = offer.header().run();
        return Optional.of(scene.digest(first, run.value().getLeastSignificantBits()));
    }

    TimelineReport<Taken> report() throws IOException {
        return report(archive);
    }

    private TimelineReport<Taken> report(List<Taken> fragments) throws IOException {
        MediaTime start = fragments.get(0).header().start();
        MediaTime end = start;
        for (Taken taken : fragments) {
            start = MediaTime.min(start, taken.header().start());
            end = MediaTime.max(end, taken.header().end());
        }
        return builder.build(
                Session.CAMERA, new TimeRange(start, end), fragments, List.of(), false, List.of());
    }

    /**
     * @param exactClocks whether the clocks of two sessions differ by less than half a frame
     */
    void check(boolean exactClocks) throws IOException {
        check(exactClocks, exactClocks ? 0 : UNSTEADY);
    }

    /**
     * @param tolerance so many frames may be missing without a gap, as clocks do not tell
     */
    void check(boolean exactClocks, int tolerance) throws IOException {
        TimelineReport<Taken> report = report();
        List<Integer> shown = shown();
        assertThat(shown).as("frames shown").doesNotHaveDuplicates();
        List<RunId> connected = connected();
        assertThat(shown(t -> isPrimary(t) || connected.contains(t.header().run())))
                .as("frames shown, but for runs that only clocks can place")
                .isSorted();
        TreeSet<Integer> missing =
                new TreeSet<>(heldWhole(tells() && scene.isShared() ? connected : List.of()));
        missing.removeAll(shown);
        assertThat(missing).as("frames that somebody has whole").isEmpty();
        assertThat(report.undeclaredGaps()).as("undeclared gaps").isEmpty();
        assertThat(report.timeline().frames()).isEqualTo(shown.size());
        List<String> undeclared = new ArrayList<>();
        List<String> needless = new ArrayList<>();
        compareWithGaps(report, tolerance, undeclared, needless);
        assertThat(undeclared).as("frames missing without a gap").isEmpty();
        if (exactClocks && archive.stream().noneMatch(taken -> taken.header().seam())) {
            assertThat(needless).as("gaps in which nothing is missing").isEmpty();
        }
    }

    /** Frames are missing where, and only where, there is a gap, as far as clocks can tell. */
    private static void compareWithGaps(
            TimelineReport<Taken> report,
            int tolerance,
            List<String> undeclared,
            List<String> needless)
            throws IOException {
        int last = -1;
        MediaTime lastAt = report.timeline().range().from();
        for (Selected<Taken> selected : report.fragments()) {
            Taken taken = selected.fragment();
            for (int frame : taken.framesIn(selected.part())) {
                MediaTime at = new MediaTime(taken.times().get(taken.frames().indexOf(frame)));
                MediaTime from = lastAt;
                long gaps =
                        report.timeline().gaps().stream()
                                .filter(g -> g.start().isBefore(at) && g.end().isAfter(from))
                                .count();
                if (last >= 0 && frame > last + 1 + tolerance && gaps == 0) {
                    undeclared.add("%d to %d".formatted(last + 1, frame - 1));
                }
                if (last >= 0 && frame == last + 1 && gaps > 0) {
                    needless.add("before %d".formatted(frame));
                }
                last = frame;
                lastAt = at;
            }
        }
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
    private Set<Integer> heldWhole(List<RunId> connected) {
        List<Taken> primary = archive.stream().filter(Site::isPrimary).toList();
        Set<Integer> held = new HashSet<>();
        primary.forEach(taken -> addWhole(taken, held));
        rings.stream()
                .filter(taken -> connected.contains(taken.header().run()) && closed(taken))
                .filter(taken -> !isBesideStranger(taken))
                .forEach(taken -> addWhole(taken, held));
        int from = primary.get(0).frames().get(0);
        List<Integer> last = primary.get(primary.size() - 1).frames();
        int to = last.get(last.size() - 1);
        held.removeIf(frame -> frame < from || frame > to);
        return held;
    }

    /**
     * Whether damaged fragments are near it of a run that shares nothing whole with its own: then
     * nobody can say that they are not parts of it.
     */
    private boolean isBesideStranger(Taken held) {
        Set<List<Integer>> offered = new HashSet<>();
        rings.stream()
                .filter(taken -> taken.header().run().equals(held.header().run()))
                .forEach(taken -> addFrames(taken, offered));
        Set<RunId> friends = new HashSet<>();
        archive.stream()
                .filter(Site::isPrimary)
                .filter(taken -> whole(taken) && offered.contains(taken.frames()))
                .forEach(taken -> friends.add(taken.header().run()));
        int first = held.frames().get(0) - NEAR;
        int last = held.frames().get(held.frames().size() - 1) + NEAR;
        return archive.stream()
                .filter(taken -> isPrimary(taken) && !whole(taken))
                .filter(taken -> !friends.contains(taken.header().run()))
                .anyMatch(taken -> taken.frames().stream().anyMatch(f -> f >= first && f <= last));
    }

    /** Whether enough is known of the pictures to say what is the same, and what looks the same. */
    private boolean tells() {
        long keys = rings.stream().filter(taken -> taken.header().startsWithKeyFrame()).count();
        return different() >= 4 && keys >= 8;
    }

    private long different() {
        return Stream.concat(archive.stream().filter(Site::isPrimary), rings.stream())
                .filter(taken -> whole(taken) && closed(taken))
                .map(Taken::frames)
                .distinct()
                .count();
    }

    /**
     * Runs that share whole fragments with the primary, or with others that do: two with one of
     * them where fewer than eight were seen, for then one alone proves nothing.
     */
    private List<RunId> connected() {
        int enough = different() >= 8 ? 1 : 2;
        Map<RunId, Set<List<Integer>>> known = new HashMap<>();
        archive.stream().filter(Site::isPrimary).forEach(taken -> addTo(known, taken));
        Map<RunId, Set<List<Integer>>> open = new HashMap<>();
        rings.forEach(taken -> addTo(open, taken));
        List<RunId> connected = new ArrayList<>();
        int before = -1;
        while (before < connected.size()) {
            before = connected.size();
            for (RunId run : Set.copyOf(open.keySet())) {
                if (known.values().stream().anyMatch(k -> common(k, open.get(run)) >= enough)) {
                    connected.add(run);
                    known.put(run, open.remove(run));
                }
            }
        }
        return connected;
    }

    private static void addTo(Map<RunId, Set<List<Integer>>> runs, Taken taken) {
        if (whole(taken)) {
            runs.computeIfAbsent(taken.header().run(), run -> new HashSet<>()).add(taken.frames());
        }
    }

    private static long common(Set<List<Integer>> one, Set<List<Integer>> other) {
        return one.stream().filter(other::contains).count();
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
        return taken.header().closed()
                || Stream.concat(archive.stream(), rings.stream())
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
