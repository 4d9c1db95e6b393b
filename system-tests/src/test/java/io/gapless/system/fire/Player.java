package io.gapless.system.fire;

import io.gapless.media.timeline.Gap;
import io.gapless.media.timeline.Span;
import io.gapless.media.timeline.Timeline;
import io.gapless.system.fire.Play.Done;
import io.gapless.system.nvr.Eventually;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Does what a scenario says, when it says so. */
final class Player {
    /** A TaskManager that records cameras, chosen when it is first hit. */
    private static final String RECORDING = "recording-taskmanager";

    /** Longer than it takes until a frame can be read. */
    private static final Duration RECENT = Duration.ofSeconds(10);

    private final FireSite site;
    private final PrintStream out;
    private final Map<String, String> aliases = new ConcurrentHashMap<>();

    Player(FireSite site, PrintStream out) {
        this.site = site;
        this.out = out;
    }

    /** Returns when the scenario's time is over. */
    Play play(Scenario scenario) throws Exception {
        Instant begin = Instant.now();
        Play play = new Play(begin, sent());
        for (Step step : scenario.steps()) {
            await(begin.plus(step.at()));
            String target = resolved(step);
            play.hit(camerasOf(step, target));
            Instant at = Instant.now();
            Done done = new Done(at, step, target);
            out.printf("  %5.1f s  %s%n", seconds(begin, at), done);
            perform(step, target);
            play.add(done);
        }
        await(begin.plus(scenario.ends()));
        awaitLive(begin.plus(scenario.ends()).minus(RECENT), scenario.demands().whole());
        play.end(Instant.now(), sent());
        return play;
    }

    /**
     * Until every camera is live, no gap that may be filled is left, and no spilt video lies on a
     * disk.
     *
     * @return how long after the last step; empty if it was not within the limit
     */
    Optional<Duration> awaitWhole(Play play, Duration limit) throws Exception {
        Set<String> waiting = new HashSet<>(site.cameras().names());
        try {
            Eventually.holds(
                    () -> waiting + " are whole, and the spill is empty",
                    limit,
                    () -> {
                        for (String camera : List.copyOf(waiting)) {
                            if (isWhole(camera, play)) {
                                waiting.remove(camera);
                            }
                        }
                        return waiting.isEmpty() && isSpillEmpty();
                    });
        } catch (AssertionError e) {
            out.println("  " + e.getMessage());
            return Optional.empty();
        }
        return Optional.of(Duration.between(play.lastStep(), Instant.now()));
    }

    /** What is judged ends where all is recorded: behind it nobody could tell lost from late. */
    private void awaitLive(Instant since, Duration limit) throws Exception {
        for (String camera : site.cameras().names()) {
            Eventually.holds(camera + " is recorded again", limit, () -> isRecorded(camera, since));
        }
    }

    private boolean isRecorded(String camera, Instant since) {
        try {
            List<Span> spans = site.timeline(camera, since).spans();
            return !spans.isEmpty() && spans.get(spans.size() - 1).end().toInstant().isAfter(since);
        } catch (IOException e) {
            return false; // the archive may be away
        }
    }

    private boolean isWhole(String camera, Play play) {
        Timeline timeline;
        try {
            timeline = site.timeline(camera, play.begin());
        } catch (IOException e) {
            return false; // the archive may be away
        }
        List<Span> spans = timeline.spans();
        return !spans.isEmpty()
                && spans.get(spans.size() - 1).end().toInstant().isAfter(play.end())
                && timeline.gaps().stream().noneMatch(gap -> gap.state() == Gap.State.OPEN);
    }

    private boolean isSpillEmpty() {
        Path spill = site.directories().spill();
        if (!Files.exists(spill)) {
            return true;
        }
        try (Stream<Path> files = Files.walk(spill)) {
            return files.noneMatch(file -> file.toString().endsWith(".mp4"));
        } catch (IOException | UncheckedIOException e) {
            return false; // something was deleted meanwhile
        }
    }

    private Map<String, Long> sent() {
        Map<String, Long> sent = new HashMap<>();
        site.cameras().names().forEach(name -> sent.put(name, site.cameras().frameCount(name)));
        return sent;
    }

    private static void await(Instant due) throws Exception {
        Duration left = Duration.between(Instant.now(), due);
        if (left.toMillis() > 0) {
            Eventually.holds(
                    "time passes", left.plusMinutes(5), () -> !Instant.now().isBefore(due));
        }
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }

    private String resolved(Step step) throws Exception {
        if (!step.target().equals(RECORDING)) {
            return step.target();
        }
        String chosen = aliases.get(RECORDING);
        if (chosen == null) {
            chosen = busiest();
            aliases.put(RECORDING, chosen);
        }
        if (step.verb() == Verb.START || step.verb() == Verb.CONTINUE) {
            aliases.remove(RECORDING);
        }
        return chosen;
    }

    private String busiest() throws Exception {
        Map<String, Long> cameras =
                site.primary().hosts().values().stream()
                        .collect(Collectors.groupingBy(host -> host, Collectors.counting()));
        return cameras.entrySet().stream()
                .max(
                        Map.Entry.<String, Long>comparingByValue()
                                .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new IOException("no TaskManager records a camera"));
    }

    private void perform(Step step, String target) throws Exception {
        switch (step.verb()) {
            case KILL, STOP, TERMINATE -> signal(step.verb(), target);
            case CONTINUE -> {
                for (SiteProcess process : site.processes().named(target)) {
                    process.thaw();
                }
            }
            case START -> {
                for (SiteProcess process : site.processes().named(target)) {
                    process.start();
                }
            }
            case CUT -> site.network().cut(target);
            case HEAL -> {
                site.network().heal(target);
                site.namespace().ifPresent(Namespace::heal);
            }
            case SLOW ->
                    site.network()
                            .slow(target, site.spec().bytesPerSecond() * step.percent() / 100);
            case LOSE -> lose(step.percent());
            case FILL_DISK -> {
                for (SiteProcess process : site.processes().named(target)) {
                    site.disk(process.name()).fill();
                }
            }
            case FREE_DISK -> {
                for (SiteProcess process : site.processes().named(target)) {
                    site.disk(process.name()).free();
                }
            }
            case QUOTA -> site.hdfs().limit(0);
            case LIFT_QUOTA -> site.hdfs().liftLimit();
            case SAVEPOINT -> {
                Path directory = site.directories().of("savepoints");
                site.primary().stopWithSavepoint(directory);
            }
            case RESTORE -> site.primary().restore();
        }
    }

    /** The cameras that TaskManagers record which are about to be hit. */
    private Set<String> camerasOf(Step step, String target) throws Exception {
        boolean hits = Set.of(Verb.KILL, Verb.STOP, Verb.TERMINATE).contains(step.verb());
        boolean taskManagers = target.equals("primary") || target.startsWith("primary-taskmanager");
        if (!hits || !taskManagers) {
            return Set.of();
        }
        Set<String> names =
                site.processes().named(target).stream()
                        .map(SiteProcess::name)
                        .collect(Collectors.toSet());
        return site.primary().hosts().entrySet().stream()
                .filter(entry -> names.contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void signal(Verb verb, String target) throws Exception {
        for (SiteProcess process : site.processes().named(target)) {
            switch (verb) {
                case KILL -> process.kill();
                case STOP -> process.freeze();
                default -> process.terminate();
            }
        }
    }

    private void lose(double percent) throws Exception {
        site.namespace()
                .orElseThrow(() -> new IOException("packets are lost in a namespace only"))
                .lose(percent, site.hdfs().ports());
    }
}
