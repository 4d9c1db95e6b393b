package io.gapless.rtsp;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The {@code Transport} field of an answer to SETUP (RFC 2326 section 12.39), in whatever order its
 * parameters come.
 *
 * @param interleaved channels of RTP and RTCP
 * @param serverPorts of RTP and RTCP
 */
record TransportReply(Optional<Pair> interleaved, Optional<Pair> serverPorts) {
    /** Two numbers of which cameras may leave out the second, or write it wrong. */
    record Pair(int rtp, int rtcp) {}

    static TransportReply parse(String value) {
        Optional<Pair> interleaved = Optional.empty();
        Optional<Pair> serverPorts = Optional.empty();
        for (String part : value.split("[;,]", -1)) {
            String[] nameAndValue = part.split("=", 2);
            String name = nameAndValue[0].strip().toLowerCase(Locale.ROOT);
            if (nameAndValue.length == 2 && name.equals("interleaved")) {
                interleaved = pair(nameAndValue[1]);
            } else if (nameAndValue.length == 2 && name.equals("server_port")) {
                serverPorts = pair(nameAndValue[1]);
            }
        }
        return new TransportReply(interleaved, serverPorts);
    }

    private static Optional<Pair> pair(String value) {
        String[] numbers = value.split("-", 2);
        OptionalInt first = RtspNumbers.parse(numbers[0]);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        int rtp = first.getAsInt();
        int rtcp = numbers.length > 1 ? RtspNumbers.parse(numbers[1]).orElse(rtp + 1) : rtp + 1;
        return Optional.of(new Pair(rtp, rtcp));
    }
}
