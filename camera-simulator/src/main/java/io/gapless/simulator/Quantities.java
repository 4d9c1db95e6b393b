package io.gapless.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes and bit rates as people write them. */
final class Quantities {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
    private static final Pattern BITS = Pattern.compile("(\\d{1,9})([kM]?)");

    private Quantities() {}

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
