package io.gapless.media.stitch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * When a recorder was up, in frames of the camera, and what got lost on the way to it.
 *
 * @param sessions in order, each with its first frame and the one after its last
 */
record Outages(List<Span> sessions, Set<Integer> lost) {
    /**
     * @param flushes whether it ended in good order
     */
    record Span(int from, int to, boolean flushes) {}

    static Outages random(Random random, int frames, boolean lossy) {
        List<Span> sessions = new ArrayList<>();
        int longest = 60 + random.nextInt(frames);
        int at = random.nextInt(3) == 0 ? random.nextInt(frames / 4) : 0;
        while (at < frames - 10) {
            int to = Math.min(frames, at + 5 + random.nextInt(longest));
            sessions.add(new Span(at, to, random.nextBoolean()));
            at = to + random.nextInt(120);
        }
        return new Outages(sessions, losses(random, frames, lossy));
    }

    private static Set<Integer> losses(Random random, int frames, boolean lossy) {
        Set<Integer> lost = new HashSet<>();
        if (!lossy) {
            return lost;
        }
        int oneIn =
                switch (random.nextInt(4)) {
                    case 0 -> 15;
                    case 1 -> 100;
                    default -> Integer.MAX_VALUE;
                };
        for (int i = 0; i < frames; i++) {
            if (random.nextInt(oneIn) == 0) {
                lost.add(i);
            }
        }
        return lost;
    }
}
