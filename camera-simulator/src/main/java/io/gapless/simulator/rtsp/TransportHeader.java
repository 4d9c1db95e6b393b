package io.gapless.simulator.rtsp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One way of transport that a client offers (RFC 2326 section 12.39).
 *
 * @param way interleaved in the RTSP connection, UDP or multicast
 * @param first interleaved channel or client port of RTP, empty if not said
 * @param second the same for RTCP
 */
public record TransportHeader(Way way, Optional<Integer> first, Optional<Integer> second) {
    /** Which way. */
    public enum Way {
        TCP,
        UDP,
        MULTICAST
    }

    /** The offers of a header in the client's order. */
    public static List<TransportHeader> parse(String header) {
        return Arrays.stream(header.split(",", -1))
                .map(String::trim)
                .filter(offer -> offer.startsWith("RTP/AVP"))
                .map(TransportHeader::parseOffer)
                .toList();
    }

    public boolean tcp() {
        return way == Way.TCP;
    }

    private static TransportHeader parseOffer(String offer) {
        List<String> parts = Arrays.stream(offer.split(";", -1)).map(String::trim).toList();
        boolean tcp = parts.get(0).equals("RTP/AVP/TCP");
        Way udp = parts.contains("multicast") ? Way.MULTICAST : Way.UDP;
        String name = tcp ? "interleaved=" : "client_port=";
        Optional<String> pair =
                parts.stream()
                        .filter(part -> part.startsWith(name))
                        .map(part -> part.substring(name.length()))
                        .findFirst();
        Optional<Integer> first = pair.map(p -> Integer.parseInt(p.split("-", 2)[0].trim()));
        Optional<Integer> second =
                pair.filter(p -> p.contains("-"))
                        .map(p -> Integer.parseInt(p.split("-", 2)[1].trim()));
        return new TransportHeader(
                tcp ? Way.TCP : udp, first, second.or(() -> first.map(port -> port + 1)));
    }
}
