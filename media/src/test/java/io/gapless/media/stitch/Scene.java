package io.gapless.media.stitch;

import io.gapless.media.Digest;
import java.util.List;
import java.util.Random;

/** What a camera truly sent: frames with their times, groups of pictures, and what they show. */
final class Scene {
    static final long FRAME = 3600;
    static final long EPOCH = 1_700_000_000L * 90_000;

    enum Content {
        /** Each frame is unlike all others. */
        MOVING,
        /** Each group of pictures is like all others. */
        STATIC,
        /** Each group of pictures is like every second one. */
        ALTERNATING,
        /** Static, but for some moments. */
        RARELY_MOVING
    }

    final long[] times;
    final boolean[] keys;
    private final long[] contents;

    private Scene(int frames) {
        times = new long[frames];
        keys = new boolean[frames];
        contents = new long[frames];
    }

    static Scene random(Random random, Content content, int frames) {
        int gop = 16 + random.nextInt(30);
        boolean irregular = content == Content.MOVING && random.nextBoolean();
        int longest = random.nextInt(4) == 0 ? 6 * gop : gop;
        int jitter = random.nextInt(3) == 0 ? 300 : 0;
        int everyMoves = 4 + random.nextInt(4);
        Scene scene = new Scene(frames);
        int nextKey = 0;
        int position = 0;
        int number = -1;
        for (int i = 0; i < frames; i++) {
            if (i == nextKey) {
                nextKey += irregular ? 1 + random.nextInt(longest) : gop;
                position = 0;
                number++;
                scene.keys[i] = true;
            }
            scene.times[i] = EPOCH + i * FRAME + (jitter == 0 ? 0 : random.nextInt(jitter));
            scene.contents[i] =
                    switch (content) {
                        case MOVING -> 1_000_000 + i;
                        case STATIC -> position;
                        case ALTERNATING -> position + 1000 * (number % 2);
                        case RARELY_MOVING -> number % everyMoves == 0 ? 1_000_000 + i : position;
                    };
            position++;
        }
        return scene;
    }

    /** A key frame every {@code gop} frames, and no jitter. */
    static Scene regular(Content content, int frames, int gop) {
        Scene scene = new Scene(frames);
        for (int i = 0; i < frames; i++) {
            scene.keys[i] = i % gop == 0;
            scene.times[i] = EPOCH + i * FRAME;
            scene.contents[i] = content == Content.STATIC ? i % gop : 1_000_000 + i;
        }
        return scene;
    }

    int size() {
        return times.length;
    }

    Digest digest(List<Integer> frames) {
        long hash = frames.size();
        for (int frame : frames) {
            hash = (hash ^ contents[frame]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return new Digest(hash, frames.size());
    }
}
