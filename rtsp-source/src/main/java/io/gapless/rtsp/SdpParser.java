package io.gapless.rtsp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads of a session description what matters, and forgives all else: cameras leave out {@code v=},
 * {@code o=} and {@code s=}, write {@code c=IN}, name unknown media, and end lines as they like.
 */
final class SdpParser {
    private static final int MOST_MEDIA = 64;
    private static final int MOST_PARAMETERS = 64;
    private static final int HIGHEST_PAYLOAD_TYPE = 127;

    private Optional<String> sessionControl = Optional.empty();
    private final List<MediaDescription> media = new ArrayList<>();

    private Optional<String> kind = Optional.empty();
    private Optional<String> control = Optional.empty();
    private Optional<String> sessionAddress = Optional.empty();
    private Optional<String> address = Optional.empty();
    private OptionalInt port = OptionalInt.empty();
    private final Map<Integer, MediaFormat> formats = new LinkedHashMap<>();

    private SdpParser() {}

    static SessionDescription parse(String text) {
        SdpParser parser = new SdpParser();
        text.lines().map(String::strip).forEach(parser::line);
        parser.endMedia();
        return new SessionDescription(parser.sessionControl, parser.media);
    }

    private void line(String line) {
        if (line.startsWith("m=")) {
            endMedia();
            beginMedia(line.substring(2).strip().split("\\s+"));
        } else if (line.startsWith("c=")) {
            connection(line.substring(2).strip().split("\\s+"));
        } else if (line.startsWith("a=control:")) {
            control(line.substring("a=control:".length()).strip());
        } else if (line.startsWith("a=rtpmap:")) {
            rtpmap(line.substring("a=rtpmap:".length()).strip());
        } else if (line.startsWith("a=fmtp:")) {
            fmtp(line.substring("a=fmtp:".length()).strip());
        }
    }

    /** {@code IN IP4 239.1.2.3/127}; cameras leave words out. */
    private void connection(String[] words) {
        Optional<String> written = Optional.of(words[words.length - 1].split("/", 2)[0]);
        if (kind.isPresent()) {
            address = written;
        } else {
            sessionAddress = written;
        }
    }

    /** {@code video 0 RTP/AVP 96 97}; what is no number is no format. */
    private void beginMedia(String[] words) {
        kind = Optional.of(words[0].toLowerCase(Locale.ROOT));
        port = words.length > 1 ? RtspNumbers.parse(words[1]) : OptionalInt.empty();
        Arrays.stream(words)
                .skip(3)
                .map(RtspNumbers::parse)
                .flatMapToInt(OptionalInt::stream)
                .filter(type -> type <= HIGHEST_PAYLOAD_TYPE)
                .forEach(type -> formats.putIfAbsent(type, MediaFormat.ofPayloadType(type)));
    }

    private void endMedia() {
        kind.filter(k -> media.size() < MOST_MEDIA)
                .ifPresent(
                        k ->
                                media.add(
                                        new MediaDescription(
                                                k,
                                                List.copyOf(formats.values()),
                                                control,
                                                announced())));
        kind = Optional.empty();
        control = Optional.empty();
        address = Optional.empty();
        formats.clear();
    }

    private TrackPlan.Announced announced() {
        Optional<TransportReply.Pair> ports =
                port.isPresent() && port.getAsInt() > 0
                        ? Optional.of(new TransportReply.Pair(port.getAsInt(), port.getAsInt() + 1))
                        : Optional.empty();
        return new TrackPlan.Announced(address.or(() -> sessionAddress), ports);
    }

    private void control(String value) {
        if (kind.isPresent()) {
            control = Optional.of(value);
        } else {
            sessionControl = Optional.of(value);
        }
    }

    /** {@code 96 H264/90000} or {@code 97 MPEG4-GENERIC/48000/2}. */
    private void rtpmap(String value) {
        String[] words = value.split("\\s+", 2);
        OptionalInt type = RtspNumbers.parse(words[0]);
        if (type.isEmpty() || words.length < 2) {
            return;
        }
        String[] parts = words[1].split("/", -1);
        String encoding = parts[0].strip().toUpperCase(Locale.ROOT);
        int rate = parts.length > 1 ? RtspNumbers.parse(parts[1]).orElse(0) : 0;
        int channels = parts.length > 2 ? RtspNumbers.parse(parts[2]).orElse(1) : 1;
        formats.computeIfPresent(
                type.getAsInt(), (t, f) -> f.withMap(encoding, rate, Math.max(1, channels)));
    }

    /** {@code 96 packetization-mode=1; sprop-parameter-sets=...}; may be empty. */
    private void fmtp(String value) {
        String[] words = value.split("\\s+", 2);
        OptionalInt type = RtspNumbers.parse(words[0]);
        if (type.isEmpty() || words.length < 2) {
            return;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : words[1].split(";", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && parameters.size() < MOST_PARAMETERS) {
                parameters.put(
                        parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        parameter.substring(equals + 1).strip());
            }
        }
        formats.computeIfPresent(type.getAsInt(), (t, f) -> f.withParameters(parameters));
    }
}
