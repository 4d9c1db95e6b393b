package io.gapless.media.testing;

import io.gapless.media.AudioCodec;
import io.gapless.media.AudioConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tone that FFmpeg encoded, taken apart.
 *
 * @param frames access units, each of {@code frameSamples} samples
 */
public record AudioClip(AudioConfiguration configuration, int frameSamples, List<byte[]> frames) {
    private static final int AAC_FRAME_SAMPLES = 1024;
    private static final int G711_RATE_HZ = 8000;
    private static final int G711_FRAME_SAMPLES = 160;

    /** AAC-LC, mono, 48 kHz. */
    public static AudioClip aac(int seconds) {
        byte[] adts = encode(seconds, 48_000, "-c:a", "aac", "-b:a", "64k", "-f", "adts");
        List<byte[]> frames = new ArrayList<>();
        int at = 0;
        while (at < adts.length) {
            int size =
                    ((adts[at + 3] & 3) << 11)
                            | (Byte.toUnsignedInt(adts[at + 4]) << 3)
                            | (Byte.toUnsignedInt(adts[at + 5]) >> 5);
            frames.add(Arrays.copyOfRange(adts, at + 7, at + size));
            at += size;
        }
        byte[] lcMono48k = {0x11, (byte) 0x88};
        return new AudioClip(
                new AudioConfiguration(AudioCodec.AAC, 48_000, 1, lcMono48k),
                AAC_FRAME_SAMPLES,
                frames);
    }

    /** G.711, mono, in frames of 20 ms. */
    public static AudioClip g711(AudioCodec codec, int seconds) {
        String law = codec == AudioCodec.PCMA ? "alaw" : "mulaw";
        byte[] samples = encode(seconds, G711_RATE_HZ, "-c:a", "pcm_" + law, "-f", law);
        List<byte[]> frames = new ArrayList<>();
        for (int at = 0; at < samples.length; at += G711_FRAME_SAMPLES) {
            frames.add(Arrays.copyOfRange(samples, at, at + G711_FRAME_SAMPLES));
        }
        return new AudioClip(
                new AudioConfiguration(codec, G711_RATE_HZ, 1, new byte[0]),
                G711_FRAME_SAMPLES,
                frames);
    }

    private static byte[] encode(int seconds, int rateHz, String... options) {
        try {
            Path file = Files.createTempFile("tone", ".bin");
            try {
                String source = "sine=440:sample_rate=%d:duration=%d".formatted(rateHz, seconds);
                List<String> arguments = new ArrayList<>(List.of("-f", "lavfi", "-i", source));
                arguments.addAll(List.of("-ac", "1", "-ar", Integer.toString(rateHz)));
                arguments.addAll(List.of(options));
                arguments.add(file.toString());
                FFmpegTools.ffmpeg(arguments.toArray(String[]::new));
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
