package io.gapless.rtsp;

import java.util.OptionalInt;

/** Numbers in header fields. */
final class RtspNumbers {
    private RtspNumbers() {}

    /** The decimal number that {@code text} starts with, white space before it left out. */
    static OptionalInt parse(String text) {
        String stripped = text.strip();
        int end = 0;
        while (end < stripped.length() && Character.isDigit(stripped.charAt(end))) {
            end++;
        }
        if (end == 0 || end > 9) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(stripped.substring(0, end)));
    }
}
