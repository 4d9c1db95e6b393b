package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A payload format of a media description (RFC 4566 section 6, {@code rtpmap} and {@code fmtp}).
 *
 * @param payloadType 0 to 127
 * @param encoding in upper case, empty if unknown
 * @param clockRateHz 0 if unknown
 * @param channels at least 1
 * @param parameters of {@code fmtp} by name in lower case
 */
record MediaFormat(
        int payloadType,
        String encoding,
        int clockRateHz,
        int channels,
        Map<String, String> parameters) {
    MediaFormat {
        requireNonNull(encoding, "encoding is null");
        parameters = Map.copyOf(parameters);
    }

    /** The formats that need no {@code rtpmap} (RFC 3551 section 6). */
    static MediaFormat ofPayloadType(int payloadType) {
        return switch (payloadType) {
            case 0 -> new MediaFormat(payloadType, "PCMU", 8000, 1, Map.of());
            case 26 -> new MediaFormat(payloadType, "JPEG", 90_000, 1, Map.of());
            case 2 -> new MediaFormat(payloadType, "G726-32", 8000, 1, Map.of());
            case 8 -> new MediaFormat(payloadType, "PCMA", 8000, 1, Map.of());
            default -> new MediaFormat(payloadType, "", 0, 1, Map.of());
        };
    }

    MediaFormat withMap(String newEncoding, int newClockRateHz, int newChannels) {
        return new MediaFormat(payloadType, newEncoding, newClockRateHz, newChannels, parameters);
    }

    MediaFormat withParameters(Map<String, String> newParameters) {
        return new MediaFormat(payloadType, encoding, clockRateHz, channels, newParameters);
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
