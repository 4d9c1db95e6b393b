package io.gapless.media.stitch;

import io.gapless.media.RunId;
import io.gapless.media.stitch.Scene.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** One camera with recorders that fail at random. */
final class StitchModel {
    private static final long MILLISECOND = 90;

    private final Scene scene;
    private final Random random;
    private final Clocks clocks;
    private final int cap;
    private final boolean notesCuts;
    private final Site site;
    private long runs;

    /**
     * How wrong clocks are.
     *
     * @param millis by how much each may be off
     * @param jumpMillis by how much two sessions of a recorder may differ
     * @param ppm how fast they may run
     */
    record Clocks(int millis, int jumpMillis, double ppm) {
        /** Whether what two sessions measure differs by less than half a frame. */
        boolean areSteady() {
            return jumpMillis < 10 && ppm < 50;
        }

        /** So many may be missing without a gap where a clock jumps back: none can tell. */
        int framesUntold() {
            return areSteady() ? 0 : 1 + 2 * jumpMillis / 40;
        }
    }

    /**
     * @param lossy whether packets get lost on the way to the primary, besides its outages
     * @param notesCuts whether recorders note that the stream was cut where a fragment ends; those
     *     before 2026-11-23 did not
     */
    StitchModel(
            long seed,
            Content content,
            Clocks clocks,
            boolean lossy,
            int replicas,
            boolean notesCuts) {
        this.clocks = clocks;
        this.notesCuts = notesCuts;
        random = new Random(seed);
        scene = Scene.random(random, content, 300 + random.nextInt(900));
        site = new Site(scene);
        cap = random.nextInt(3) == 0 ? 10 + random.nextInt(20) : 300;
        List<Outages> outages = new ArrayList<>();
        for (int recorder = 0; recorder <= replicas; recorder++) {
            outages.add(Outages.random(random, scene.size(), lossy && recorder == 0));
        }
        if (content == Content.BEGINNING_ANEW) {
            outages.stream()
                    .flatMap(each -> each.sessions().stream())
                    .map(Outages.Span::from)
                    .sorted()
                    .forEach(scene::beginAnew);
        }
        recordPrimary(outages.get(0));
        for (int replica = 1; replica <= replicas; replica++) {
            recordReplica("replica " + replica, outages.get(replica));
        }
    }

    private void recordPrimary(Outages outages) {
        long base = between(clocks.millis);
        long end = Long.MIN_VALUE;
        int lastFrame = 0;
        for (Outages.Span span : outages.sessions()) {
            List<Taken> run = session(span, outages, "", base + between(clocks.jumpMillis));
            if (run.isEmpty()) {
                continue;
            }
            boolean overlaps = end > start(run);
            int missing = run.get(0).frames().get(0) - lastFrame;
            long shift = overlaps ? end + missing * Scene.FRAME - start(run) : 0;
            for (Taken taken : shifted(run, shift)) {
                site.archive.add(taken);
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

    private void recordReplica(String name, Outages outages) {
        long base = between(clocks.millis);
        for (Outages.Span span : outages.sessions()) {
            site.rings.addAll(session(span, outages, name, base + between(clocks.jumpMillis)));
        }
    }

    private List<Taken> session(Outages.Span span, Outages outages, String replica, long offset) {
        Session.Clock clock = new Session.Clock(offset, random.nextDouble(-clocks.ppm, clocks.ppm));
        RunId run = new RunId(new UUID(random.nextLong(), ++runs));
        return new Session(scene, run, replica, clock, cap)
                .record(span.from(), span.to(), outages.lost(), span.flushes()).stream()
                        .map(
                                taken ->
                                        notesCuts
                                                ? taken
                                                : taken.placed(taken.header().withClosed(false)))
                        .toList();
    }

    private long between(int millis) {
        long range = millis * MILLISECOND;
        return range == 0 ? 0 : random.nextLong(-range, range);
    }

    Site site() {
        return site;
    }
}
