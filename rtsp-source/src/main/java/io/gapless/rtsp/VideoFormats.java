package io.gapless.rtsp;

import io.gapless.media.VideoCodec;
import io.gapless.rtp.AccessUnitSink;
import io.gapless.rtp.ParameterSets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Video formats of session descriptions (RFC 6184 section 8.1, RFC 7798 section 7.1, RFC 2435
 * section 6, RTP Payload Format For AV1 section 7.2).
 */
final class VideoFormats {
    private VideoFormats() {}

    static Optional<TrackPlan.Video> plan(MediaDescription media) {
        return media.formats().stream()
                .flatMap(f -> codec(f).map(c -> plan(media, f, c)).stream())
                .findFirst();
    }

    private static Optional<VideoCodec> codec(MediaFormat format) {
        return switch (format.encoding()) {
            case "H264" -> Optional.of(VideoCodec.H264);
            case "H265", "HEVC" -> Optional.of(VideoCodec.H265);
            case "AV1" -> Optional.of(VideoCodec.AV1);
            case "JPEG" -> Optional.of(VideoCodec.JPEG);
            default -> Optional.empty();
        };
    }

    private static TrackPlan.Video plan(
            MediaDescription media, MediaFormat format, VideoCodec codec) {
        Function<AccessUnitSink, Track.Packets> packets =
                switch (codec) {
                    case H264 -> withSets(codec, format, List.of("sprop-parameter-sets"));
                    case H265 ->
                            withSets(codec, format, List.of("sprop-vps", "sprop-sps", "sprop-pps"));
                    case JPEG -> JpegPackets::new;
                    case AV1 -> Av1Packets::new;
                };
        return new TrackPlan.Video(format, media, codec, packets);
    }

    private static Function<AccessUnitSink, Track.Packets> withSets(
            VideoCodec codec, MediaFormat format, List<String> names) {
        ParameterSets sets = new ParameterSets(codec);
        names.forEach(n -> announce(sets, format.parameter(n)));
        return sink -> new NalUnitPackets(codec, sets, sink);
    }

    /** What is not Base64 is ignored: such cameras were seen to send right sets in band. */
    private static void announce(ParameterSets sets, String base64List) {
        for (String base64 : base64List.split(",", -1)) {
            byte[] nalUnit;
            try {
                nalUnit = Base64.getMimeDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                continue;
            }
            sets.announce(nalUnit);
        }
    }
}
