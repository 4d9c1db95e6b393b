package io.gapless.rtsp;

import io.gapless.media.AudioConfiguration;
import io.gapless.media.VideoCodec;
import io.gapless.rtp.AccessUnitSink;
import io.gapless.rtp.AudioDepacketizer;
import io.gapless.rtp.AudioSink;
import java.util.Optional;
import java.util.function.Function;

/** A track to set up. */
sealed interface TrackPlan {
    MediaFormat format();

    MediaDescription media();

    /** The {@code a=control} URL. */
    default Optional<String> control() {
        return media().control();
    }

    /** Where the session description says that it is sent to. */
    default Announced announced() {
        return media().announced();
    }

    /**
     * Where media is multicast to, as far as a session description says (RFC 4566 sections 5.7 and
     * 5.14).
     *
     * @param address as written
     */
    record Announced(Optional<String> address, Optional<TransportReply.Pair> ports) {}

    /**
     * @param packets makes what takes the track's packets and gives access units to a sink
     */
    record Video(
            MediaFormat format,
            MediaDescription media,
            VideoCodec codec,
            Function<AccessUnitSink, Track.Packets> packets)
            implements TrackPlan {}

    record Audio(
            MediaFormat format,
            MediaDescription media,
            AudioConfiguration configuration,
            Function<AudioSink, AudioDepacketizer> depacketizer)
            implements TrackPlan {}

    record Metadata(MediaFormat format, MediaDescription media) implements TrackPlan {
        private static final int USUAL_RATE_HZ = 90_000;

        int rateHz() {
            return format.clockRateHz() > 0 ? format.clockRateHz() : USUAL_RATE_HZ;
        }
    }
}
