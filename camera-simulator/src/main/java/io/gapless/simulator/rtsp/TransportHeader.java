package io.gapless.simulator.rtsp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One way of transport that a client offers (RFC 2326 section 12.39).
 *
 * @param tcp interleaved in the RTSP connection, else UDP
 * @param first interleaved channel or client port of RTP, empty if not said
 * @param second the same for RTCP
 */
public record TransportHeader(boolean tcp, Optional<Integer> first, Optional<Integer> second) {
    /** The offers of a header in the client's order, without those of multicast. */
    public static List<TransportHeader> parse(String header) {
        return Arrays.stream(header.split(",", -1))
                .map(String::trim)
                .filter(offer -> offer.startsWith("RTP/AVP") && !offer.contains("multicast"))
                .map(TransportHeader::parseOffer)
                .toList();
    }

    private static TransportHeader parseOffer(String offer) {
        List<String> parts = List.of(offer.split(";", -1));
        boolean tcp = parts.get(0).trim().equals("RTP/AVP/TCP");
        String name = tcp ? "interleaved=" : "client_port=";
        Optional<String> pair =
                parts.stream()
                        .map(String::trim)
                        .filter(part -> part.startsWith(name))
                        .map(part -> part.substring(name.length()))
                        .findFirst();
        Optional<Integer> first = pair.map(p -> Integer.parseInt(p.split("-", 2)[0].trim()));
        Optional<Integer> second =
                pair.filter(p -> p.contains("-"))
                        .map(p -> Integer.parseInt(p.split("-", 2)[1].trim()));
        return new TransportHeader(tcp, first, second.or(() -> first.map(port -> port + 1)));
    }
}
