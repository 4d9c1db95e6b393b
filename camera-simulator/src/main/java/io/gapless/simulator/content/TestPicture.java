package io.gapless.simulator.content;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * Draws what a camera sees, in YUV 4:2:0: stripes that wander under noise, a bright bar that
 * crosses the picture once a clip. The noise makes the encoder spend its bit rate. It covers only
 * part of the picture, for OpenH264 takes a picture that differs everywhere from the one before for
 * a new scene and inserts a key frame.
 */
final class TestPicture {
    private static final int NOISE_BYTES = 1 << 20;

    /** Well below the 85 % of blocks with which OpenH264 sees a new scene. */
    private static final double NOISY_PART = 0.6;

    private final VideoFormat format;
    private final int clipFrames;
    private final byte[] noise = new byte[NOISE_BYTES];
    private final byte[] row;

    TestPicture(VideoFormat format, int clipFrames) {
        this.format = format;
        this.clipFrames = clipFrames;
        SplittableRandom random = new SplittableRandom(42);
        row = new byte[format.width()];
        double bitsPerPixel =
                format.bitsPerSecond()
                        / ((double) format.framesPerSecond() * format.width() * format.height());
        int amplitude = (int) Math.min(90, 10 + 80 * bitsPerPixel);
        for (int i = 0; i < NOISE_BYTES; i++) {
            noise[i] = (byte) (random.nextInt(2 * amplitude + 1) - amplitude);
        }
    }

    /** Draws a picture of the clip, the same for the same number. */
    void draw(AVFrame frame, int number) {
        SplittableRandom random = new SplittableRandom(number);
        boolean black = format.scene() == Scene.BLACK;
        for (int y = 0; y < format.height(); y++) {
            if (black) {
                fill(row, 16);
            } else {
                drawLuma(y, number, random.nextInt(NOISE_BYTES - format.width()));
            }
            put(frame, 0, y, format.width());
        }
        for (int y = 0; y < format.height() / 2; y++) {
            fill(row, black ? 128 : 96 + (y + number) / 4 % 64);
            put(frame, 1, y, format.width() / 2);
            put(frame, 2, y, format.width() / 2);
        }
    }

    private void drawLuma(int y, int number, int noiseAt) {
        boolean noisy = y >= (1 - NOISY_PART) * format.height();
        int barAt = (int) ((long) number * format.width() / clipFrames);
        for (int x = 0; x < row.length; x++) {
            int stripes = 90 + ((x + y + 3 * number) >> 3 & 63);
            int light = x >= barAt && x < barAt + 16 ? 60 : 0;
            int grain = noisy ? noise[noiseAt + x] : 0;
            row[x] = (byte) Math.max(16, Math.min(235, stripes + light + grain));
        }
    }

    private static void fill(byte[] row, int value) {
        Arrays.fill(row, (byte) value);
    }

    private void put(AVFrame frame, int plane, int y, int width) {
        BytePointer data = frame.data(plane);
        data.position((long) y * frame.linesize(plane)).put(row, 0, width);
    }
}
