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
 * @param destination the multicast group, as written
 * @param ports of RTP and RTCP in the group
 */
record TransportReply(
        Optional<Pair> interleaved,
        Optional<Pair> serverPorts,
        Optional<String> destination,
        Optional<Pair> ports) {
    /** Two numbers of which cameras may leave out the second, or write it wrong. */
    record Pair(int rtp, int rtcp) {}

    static TransportReply parse(String value) {
        Optional<Pair> interleaved = Optional.empty();
        Optional<Pair> serverPorts = Optional.empty();
        Optional<String> destination = Optional.empty();
        Optional<Pair> ports = Optional.empty();
        for (String part : value.split("[;,]", -1)) {
            String[] nameAndValue = part.split("=", 2);
            if (nameAndValue.length < 2) {
                continue;
            }
            switch (nameAndValue[0].strip().toLowerCase(Locale.ROOT)) {
                case "interleaved" -> interleaved = pair(nameAndValue[1]);
                case "server_port" -> serverPorts = pair(nameAndValue[1]);
                case "destination" -> destination = Optional.of(nameAndValue[1].strip());
                case "port" -> ports = pair(nameAndValue[1]);
                default -> {}
            }
        }
        return new TransportReply(interleaved, serverPorts, destination, ports);
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
