package io.gapless.simulator;

import io.gapless.simulator.content.KeyFrames;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes and bit rates as people write them. */
final class Quantities {
    private static final long KEY_FRAME_SEED = 1;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
    private static final Pattern BITS = Pattern.compile("(\\d{1,9})([kM]?)");

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern DISTANCES = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

    private Quantities() {}

    /** The duration of {@code 500ms}, {@code 30s}, {@code 2m} or {@code 1h}. */
    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a duration such as 500ms, 30s or 2m".formatted(text));
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** A duration that may be negative, such as {@code -5h}. */
    static Duration signedDuration(String text) {
        return text.startsWith("-") ? duration(text.substring(1)).negated() : duration(text);
    }

    /** The key frames of {@code 50} or of {@code 10-90}. */
    static KeyFrames keyFrames(String text) {
        Matcher distances = DISTANCES.matcher(text);
        if (distances.matches()) {
            return new KeyFrames.AtRandom(
                    Integer.parseInt(distances.group(1)),
                    Integer.parseInt(distances.group(2)),
                    KEY_FRAME_SEED);
        }
        if (!text.matches("\\d{1,5}")) {
            throw new IllegalArgumentException(
                    "'%s' is not a GOP such as 50 or 10-90".formatted(text));
        }
        return new KeyFrames.Every(Integer.parseInt(text));
    }

    /** Width and height of {@code 1280x720}. */
    static int[] size(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException("'%s' is not a size like 1280x720".formatted(text));
        }
        return new int[] {Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))};
    }

    /** Bits per second of {@code 500000}, {@code 800k} or {@code 16M}. */
    static int bitsPerSecond(String text) {
        Matcher bits = BITS.matcher(text);
        if (!bits.matches()) {
            throw new IllegalArgumentException("'%s' is not a bit rate like 4M".formatted(text));
        }
        int unit =
                switch (bits.group(2)) {
                    case "k" -> 1_000;
                    case "M" -> 1_000_000;
                    default -> 1;
                };
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, Long.parseLong(bits.group(1)) * unit));
    }
}
