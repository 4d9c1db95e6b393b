package io.gapless.rtsp;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What a camera without any peculiarity answers. */
final class UsualAnswers {
    /** One H.264 stream of 1920 x 1080. */
    private static final String DESCRIPTION =
            String.join(
                    "\r\n",
                    "v=0",
                    "o=- 1 1 IN IP4 127.0.0.1",
                    "s=usual",
                    "t=0 0",
                    "m=video 0 RTP/AVP 96",
                    "a=rtpmap:96 H264/90000",
                    "a=fmtp:96 packetization-mode=1;"
                            + "sprop-parameter-sets=Z2QAKKzZQHgCJ+XARAAAAwAEAAADAMg8YMZY,aOvjyyLA",
                    "a=control:trackID=1",
                    "");

    private final URI uri;
    private final String description;
    private final ScriptedUdp udp;
    private final List<String> tracks = new ArrayList<>();

    UsualAnswers(URI uri, String description, ScriptedUdp udp) {
        this.uri = uri;
        this.description = description.isEmpty() ? DESCRIPTION : description;
        this.udp = udp;
    }

    /** Learns the recorder's ports of a SETUP. */
    void remember(String request) {
        String url = request.split(" ", 3)[1];
        if (request.startsWith("SETUP") && !tracks.contains(url)) {
            tracks.add(url);
        }
        String ports = asked(request).replaceAll(".*client_port=(\\d+-\\d+).*", "$1");
        if (ports.matches("\\d+-\\d+")) {
            String[] pair = ports.split("-", 2);
            udp.remember(tracks.indexOf(url), Integer.parseInt(pair[0]), Integer.parseInt(pair[1]));
        }
    }

    String answer(String request) throws IOException {
        String fields =
                switch (request.split(" ", 2)[0]) {
                    case "OPTIONS" -> "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n";
                    case "DESCRIBE" -> "Content-Type: application/sdp\r\n$SDP";
                    case "SETUP" ->
                            asked(request).contains("client_port")
                                    ? "Session: 1\r\nTransport: $ASKED;server_port=$PORTS\r\n\r\n"
                                    : "Session: 1\r\nTransport: $ASKED\r\n\r\n";
                    default -> "Session: 1\r\n\r\n";
                };
        return fill("RTSP/1.0 200 OK\r\nCSeq: $CSEQ\r\n" + fields, request);
    }

    private static String asked(String request) {
        return field(request, "Transport");
    }

    private static String field(String request, String name) {
        return request.lines()
                .filter(l -> l.startsWith(name + ": "))
                .map(l -> l.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    String fill(String text, String request) throws IOException {
        String url = request.contains(" ") ? request.split(" ", 3)[1] : "";
        int track = Math.max(0, tracks.indexOf(url));
        String sdp = "Content-Length: " + description.length() + "\r\n\r\n" + description;
        return text.replace("$SDP\r\n", sdp)
                .replace("$SDP", sdp)
                .replace("$CSEQ", field(request, "CSeq"))
                .replace("$ASKED", asked(request))
                .replace("$URL", uri.toString())
                .replace("$HOST", uri.getAuthority())
                .replace("$PORTS", udp.port(2 * track) + "-" + udp.port(2 * track + 1));
    }
}
