package io.gapless.ring.server;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a fragment are asked for (RFC 9110 section 14).
 *
 * @param from the first
 * @param to behind the last
 */
record ByteRange(long from, long to) {
    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    static ByteRange all(long sizeBytes) {
        return new ByteRange(0, sizeBytes);
    }

    long sizeBytes() {
        return to - from;
    }

    /**
     * One range; what is not one, or several, is passed over, as section 14.2 allows.
     *
     * @return the range within {@code sizeBytes}, or an empty one if it begins behind them
     */
    static Optional<ByteRange> parse(String header, long sizeBytes) {
        Matcher matcher = SINGLE.matcher(header);
        if (!matcher.matches() || header.equals("bytes=-")) {
            return Optional.empty();
        }
        if (matcher.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(matcher.group(2)), sizeBytes);
            return Optional.of(new ByteRange(sizeBytes - last, sizeBytes));
        }
        long from = Long.parseLong(matcher.group(1));
        boolean open = matcher.group(2).isEmpty();
        long last = open ? sizeBytes - 1 : Long.parseLong(matcher.group(2));
        if (!open && last < from) {
            return Optional.empty();
        }
        return Optional.of(
                from >= sizeBytes
                        ? new ByteRange(sizeBytes, sizeBytes)
                        : new ByteRange(from, Math.min(last + 1, sizeBytes)));
    }
}
