package io.gapless.simulator.content;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One encoder's view of a format. Renditions of a format show the same pictures at the same time,
 * but their bits differ and their key frames stand elsewhere.
 *
 * @param number 0 for the encoder that sessions share, up to {@link #COUNT} - 1
 */
public record Rendition(VideoFormat format, int number) {
    /**
     * How many there are of each format: so many that one comes again only when no recorder's clock
     * could take the session of its last time for the new one.
     */
    public static final int COUNT = 12;

    /** Its multiples fall evenly between whole numbers. */
    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

    /** Of what the format asks for, the last rendition has so much less. */
    private static final double THRIFT = 0.5;

    public Rendition {
        requireNonNull(format, "format is null");
        VideoFormat.requireRange("a rendition", number, 0, COUNT - 1);
    }

    /**
     * The GOPs of the clip that is encoded once and played for ever, at least as long as asked for.
     * Of an unlit room one is enough, so that each GOP repeats the last, bit by bit.
     */
    List<Integer> gops() {
        boolean repeats = format.scene() == Scene.BLACK && !format.openGop();
        int frames = repeats ? 1 : format.clipSeconds() * format.framesPerSecond();
        List<Integer> gops = new ArrayList<>(format.keyFrames().gops(frames));
        Collections.rotate(gops, -number);
        return List.copyOf(gops);
    }

    /** Frames in the clip, the same for all renditions. */
    int clipFrames() {
        return gops().stream().mapToInt(Integer::intValue).sum();
    }

    /** Which picture of the scene the clip begins with. */
    public int firstPicture() {
        double part = number * GOLDEN_RATIO % 1;
        return (int) (part * clipFrames() / gops().size());
    }

    int bitsPerSecond() {
        return (int) (format.bitsPerSecond() * (1 - THRIFT * number / COUNT));
    }
}
