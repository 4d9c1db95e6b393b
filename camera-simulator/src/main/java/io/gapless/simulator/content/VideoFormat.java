package io.gapless.simulator.content;

import static java.util.Objects.requireNonNull;

/**
 * How a simulated camera encodes its picture. Cameras of equal formats share one clip.
 *
 * @param width in pixels, even, 16 to 8192
 * @param height in pixels, even, 16 to 8192
 * @param framesPerSecond 1 to 240
 * @param keyFrames where they stand
 * @param bitsPerSecond aimed at; a {@link Scene#BLACK} one stays far below it
 * @param bFrames bidirectional frames between two others, 0 to 4; more than 0 needs libx264 or
 *     libx265
 * @param openGop whether key frames after the first are not IDR and may have leading pictures;
 *     needs B-frames
 * @param clipSeconds of what is encoded once and then shown again and again, at least, 1 to 600; a
 *     {@link Scene#BLACK} clip is one GOP
 */
public record VideoFormat(
        VideoCodec codec,
        int width,
        int height,
        int framesPerSecond,
        KeyFrames keyFrames,
        int bitsPerSecond,
        int bFrames,
        boolean openGop,
        Scene scene,
        int clipSeconds) {
    /** H.264, 1280x720 at 25 frames and 3 Mbit per second, a key frame every 2 s. */
    public static final VideoFormat DEFAULT =
            new VideoFormat(
                    VideoCodec.H264,
                    1280,
                    720,
                    25,
                    new KeyFrames.Every(50),
                    3_000_000,
                    0,
                    false,
                    Scene.MOVING,
                    4);

    public VideoFormat {
        requireNonNull(codec, "codec is null");
        requireNonNull(keyFrames, "keyFrames is null");
        requireNonNull(scene, "scene is null");
        requireRange("width", width, 16, 8192);
        requireRange("height", height, 16, 8192);
        requireRange("frames per second", framesPerSecond, 1, 240);
        requireRange("bits per second", bitsPerSecond, 10_000, 400_000_000);
        requireRange("B-frames", bFrames, 0, 4);
        requireRange("seconds of a clip", clipSeconds, 1, 600);
        if (width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException(
                    "width and height must be even, not %dx%d".formatted(width, height));
        }
        if (codec == VideoCodec.JPEG && bFrames > 0) {
            throw new IllegalArgumentException("JPEG has no B-frames");
        }
        if (openGop && bFrames == 0) {
            throw new IllegalArgumentException("an open GOP needs B-frames");
        }
    }

    static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "%s must be %d to %d, not %d".formatted(name, min, max, value));
        }
    }

    public VideoFormat withCodec(VideoCodec value) {
        return new VideoFormat(
                value,
                width,
                height,
                framesPerSecond,
                keyFrames,
                bitsPerSecond,
                bFrames,
                openGop,
                scene,
                clipSeconds);
    }

    public VideoFormat withSize(int newWidth, int newHeight) {
        return new VideoFormat(
                codec,
                newWidth,
                newHeight,
                framesPerSecond,
                keyFrames,
                bitsPerSecond,
                bFrames,
                openGop,
                scene,
                clipSeconds);
    }

    public VideoFormat withFramesPerSecond(int value) {
        return new VideoFormat(
                codec,
                width,
                height,
                value,
                keyFrames,
                bitsPerSecond,
                bFrames,
                openGop,
                scene,
                clipSeconds);
    }

    /**
     * With a key frame every so many frames. A GOP of minutes is encoded whole before it is first
     * played and held in memory: give it a small picture and a low bit rate.
     */
    public VideoFormat withGopFrames(int value) {
        return withKeyFrames(new KeyFrames.Every(value));
    }

    /** With key frames at irregular distances of {@code min} to {@code max} frames. */
    public VideoFormat withKeyFramesAtRandom(int min, int max, long seed) {
        return withKeyFrames(new KeyFrames.AtRandom(min, max, seed));
    }

    public VideoFormat withKeyFrames(KeyFrames value) {
        return new VideoFormat(
                codec,
                width,
                height,
                framesPerSecond,
                value,
                bitsPerSecond,
                bFrames,
                openGop,
                scene,
                clipSeconds);
    }

    public VideoFormat withBitsPerSecond(int value) {
        return new VideoFormat(
                codec,
                width,
                height,
                framesPerSecond,
                keyFrames,
                value,
                bFrames,
                openGop,
                scene,
                clipSeconds);
    }

    /** With B-frames, in closed GOPs or in open ones. */
    public VideoFormat withBFrames(int value, boolean open) {
        return new VideoFormat(
                codec,
                width,
                height,
                framesPerSecond,
                keyFrames,
                bitsPerSecond,
                value,
                open,
                scene,
                clipSeconds);
    }

    public VideoFormat withScene(Scene value) {
        return new VideoFormat(
                codec,
                width,
                height,
                framesPerSecond,
                keyFrames,
                bitsPerSecond,
                bFrames,
                openGop,
                value,
                clipSeconds);
    }

    /**
     * With a clip of so many seconds at least. A recorder that compares what it got with what
     * another one did can be sure of it only as far as nothing comes again.
     */
    public VideoFormat withClipSeconds(int value) {
        return new VideoFormat(
                codec,
                width,
                height,
                framesPerSecond,
                keyFrames,
                bitsPerSecond,
                bFrames,
                openGop,
                scene,
                value);
    }
}
