package io.gapless.media.stitch;

import io.gapless.media.RunId;
import io.gapless.media.stitch.Scene.Content;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** One camera with recorders that fail at random. */
final class StitchModel {
    private static final long MILLISECOND = 90;

    private final Scene scene;
    private final Random random;
    private final long clockRange;
    private final long jumpRange;
    private final double ppm;
    private final int cap;
    private final Site site;
    private long runs;

    /**
     * @param clockMillis how far each clock may be off
     * @param jumpMillis how far clocks may differ between two sessions of a recorder
     */
    StitchModel(long seed, Content content, int clockMillis, int jumpMillis, double ppm) {
        random = new Random(seed);
        scene = Scene.random(random, content, 300 + random.nextInt(900));
        site = new Site(scene);
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
            List<Taken> run = session(span, outages, "", base + between(jumpRange));
            if (run.isEmpty()) {
                continue;
            }
            int missing = run.get(0).frames().get(0) - lastFrame;
            long shift = Math.max(0, end + missing * Scene.FRAME / 3 - start(run));
            for (Taken taken : end == Long.MIN_VALUE ? run : shifted(run, shift)) {
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

    void recordReplica(String name) {
        Outages outages = Outages.random(random, scene.size(), false);
        long base = between(clockRange);
        for (Outages.Span span : outages.sessions()) {
            site.rings.addAll(session(span, outages, name, base + between(jumpRange / 4)));
        }
    }

    private List<Taken> session(Outages.Span span, Outages outages, String replica, long offset) {
        Session.Clock clock =
                new Session.Clock(offset, ppm == 0 ? 0 : random.nextDouble(-ppm, ppm));
        RunId run = new RunId(new UUID(random.nextLong(), ++runs));
        return new Session(scene, run, replica, clock, cap)
                .record(span.from(), span.to(), outages.lost(), span.flushes());
    }

    private long between(long range) {
        return range == 0 ? 0 : random.nextLong(-range, range);
    }

    Site site() {
        return site;
    }
}
