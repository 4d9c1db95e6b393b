package io.gapless.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whether bytes are the start of an RTSP message. */
final class StartLine {
    enum Match {
        YES,
        NO,
        /** All bytes there are match, but more are needed. */
        UNDECIDED
    }

    /** What a camera may send: a status line, or a request (RFC 2326 section 10, table 2). */
    private static final List<byte[]> STARTS =
            List.of(
                    ascii("RTSP/"),
                    ascii("OPTIONS "),
                    ascii("GET_PARAMETER "),
                    ascii("SET_PARAMETER "),
                    ascii("ANNOUNCE "),
                    ascii("REDIRECT "),
                    ascii("TEARDOWN "),
                    ascii("DESCRIBE "));

    private StartLine() {}

    static Match match(ByteBuffer in) {
        Match best = Match.NO;
        for (byte[] start : STARTS) {
            int common = common(in, start);
            if (common == start.length) {
                return Match.YES;
            }
            if (common == in.remaining()) {
                best = Match.UNDECIDED;
            }
        }
        return best;
    }

    private static int common(ByteBuffer in, byte[] start) {
        int length = Math.min(in.remaining(), start.length);
        for (int i = 0; i < length; i++) {
            if (in.get(in.position() + i) != start[i]) {
                return i;
            }
        }
        return length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
