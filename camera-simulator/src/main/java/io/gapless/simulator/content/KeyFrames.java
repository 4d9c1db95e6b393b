package io.gapless.simulator.content;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Where an encoder puts its key frames. */
public sealed interface KeyFrames {
    /** Most frames from a key frame to the next. */
    int MAX_GOP_FRAMES = 36_000;

    /** The lengths of GOPs that together have at least so many frames, to be repeated for ever. */
    List<Integer> gops(int leastFrames);

    /**
     * At regular distances.
     *
     * @param frames 1 to {@value MAX_GOP_FRAMES}
     */
    record Every(int frames) implements KeyFrames {
        public Every {
            VideoFormat.requireRange("frames per GOP", frames, 1, MAX_GOP_FRAMES);
        }

        @Override
        public List<Integer> gops(int leastFrames) {
            return Collections.nCopies(Math.max(1, (leastFrames + frames - 1) / frames), frames);
        }
    }

    /**
     * At irregular distances, as of an encoder that inserts key frames when the scene changes.
     *
     * @param min frames from a key frame to the next, at least 1
     * @param max at most {@value MAX_GOP_FRAMES}
     * @param seed decides the distances
     */
    record AtRandom(int min, int max, long seed) implements KeyFrames {
        private static final int LEAST_GOPS = 8;

        public AtRandom {
            VideoFormat.requireRange("fewest frames per GOP", min, 1, MAX_GOP_FRAMES);
            VideoFormat.requireRange("most frames per GOP", max, min, MAX_GOP_FRAMES);
        }

        @Override
        public List<Integer> gops(int leastFrames) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Integer> gops = new ArrayList<>();
            for (int frames = 0; frames < leastFrames || gops.size() < LEAST_GOPS; ) {
                gops.add(random.nextInt(min, max + 1));
                frames += gops.get(gops.size() - 1);
            }
            return List.copyOf(gops);
        }
    }
}
