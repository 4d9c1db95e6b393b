package io.gapless.rtsp;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Reads the head of an answer of HTTP, whose body is not HTTP's any more. One use. */
final class HttpHead {
    private static final int LONGEST_BYTES = 8 * 1024;

    /**
     * What the head says.
     *
     * @param status 0 if it is no answer of HTTP
     */
    record Answer(int status, RtspHeaders headers) {
        private static final int OK = 200;

        boolean isOk() {
            return status == OK;
        }
    }

    private final StringBuilder text = new StringBuilder();

    /** Takes bytes until the head is whole; what follows it is left. */
    Optional<Answer> read(ByteBuf bytes) {
        while (bytes.isReadable() && !isTooLong()) {
            text.append((char) bytes.readUnsignedByte());
            if (isWhole()) {
                return Optional.of(parse());
            }
        }
        return Optional.empty();
    }

    boolean isTooLong() {
        return text.length() > LONGEST_BYTES;
    }

    private boolean isWhole() {
        int length = text.length();
        return length >= 4 && text.charAt(length - 1) == '\n' && isBlankLineBefore(length - 1);
    }

    private boolean isBlankLineBefore(int end) {
        int before = text.charAt(end - 1) == '\r' ? end - 2 : end - 1;
        return text.charAt(before) == '\n';
    }

    private Answer parse() {
        String[] lines = text.toString().split("\r?\n", -1);
        String[] status = lines[0].split(" ", -1);
        RtspHeaders headers = new RtspHeaders();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
            }
        }
        int number = status.length > 1 ? RtspNumbers.parse(status[1]).orElse(0) : 0;
        return new Answer(lines[0].startsWith("HTTP/") ? number : 0, headers);
    }
}
