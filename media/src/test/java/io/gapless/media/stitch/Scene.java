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
        RARELY_MOVING,
        /** Each session makes the camera begin its pictures anew, for all. */
        BEGINNING_ANEW,
        /** Moving, and encoded for each session. */
        PER_SESSION
    }

    final long[] times;
    private final Content content;
    private final int gop;
    private final boolean[] keys;
    private final long[] contents;

    private Scene(Content content, int gop, int frames) {
        this.content = content;
        this.gop = gop;
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
        Scene scene = new Scene(content, gop, frames);
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
            scene.times[i] = EPOCH + (long) i * FRAME + (jitter == 0 ? 0 : random.nextInt(jitter));
            scene.contents[i] =
                    switch (content) {
                        case MOVING, BEGINNING_ANEW, PER_SESSION -> 1_000_000L + i;
                        case STATIC -> position;
                        case ALTERNATING -> position + 1000 * (number % 2);
                        case RARELY_MOVING -> number % everyMoves == 0 ? 1_000_000 + i : position;
                    };
            position++;
        }
        return scene;
    }

    /** A session begins here, with a key frame and what comes after it in each. */
    void beginAnew(int frame) {
        keys[frame] = true;
        for (int i = frame; i < contents.length; i++) {
            contents[i] = 1_000_000L + i - frame;
        }
    }

    /** A key frame every {@code gop} frames, and no jitter. */
    static Scene regular(Content content, int frames, int gop) {
        Scene scene = new Scene(content, gop, frames);
        for (int i = 0; i < frames; i++) {
            scene.keys[i] = i % gop == 0;
            scene.times[i] = EPOCH + i * FRAME;
            scene.contents[i] = content == Content.STATIC ? i % gop : 1_000_000 + i;
        }
        return scene;
    }

    /** It begins again every {@code frames}, with groups of pictures that are unlike each other. */
    void repeatEvery(int frames) {
        for (int i = frames; i < contents.length; i++) {
            contents[i] = contents[i - frames];
        }
    }

    int size() {
        return times.length;
    }

    /** Whether all sessions are sent the same. */
    boolean isShared() {
        return content != Content.PER_SESSION;
    }

    /** Whether a session that began with another frame is sent a key frame. */
    boolean isKey(int frame, int sessionStart) {
        return content == Content.PER_SESSION ? (frame - sessionStart) % gop == 0 : keys[frame];
    }

    Digest digest(List<Integer> frames, long run) {
        long hash = content == Content.PER_SESSION ? 7919L * (1 + run) : frames.size();
        for (int frame : frames) {
            hash = (hash ^ contents[frame]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return new Digest(hash, frames.size());
    }
}
