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

    /** The {@code a=control} URL. */
    Optional<String> control();

    /**
     * @param packets makes what takes the track's packets and gives access units to a sink
     */
    record Video(
            MediaFormat format,
            Optional<String> control,
            VideoCodec codec,
            Function<AccessUnitSink, Track.Packets> packets)
            implements TrackPlan {}

    record Audio(
            MediaFormat format,
            Optional<String> control,
            AudioConfiguration configuration,
            Function<AudioSink, AudioDepacketizer> depacketizer)
            implements TrackPlan {}
}
