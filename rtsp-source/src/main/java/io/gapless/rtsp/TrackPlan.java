package io.gapless.rtsp;

import io.gapless.media.AudioConfiguration;
import io.gapless.media.VideoCodec;
import io.gapless.rtp.AudioDepacketizer;
import io.gapless.rtp.AudioSink;
import io.gapless.rtp.ParameterSets;
import java.util.Optional;
import java.util.function.Function;

/** A track to set up. */
sealed interface TrackPlan {
    MediaFormat format();

    /** The {@code a=control} URL. */
    Optional<String> control();

    record Video(
            MediaFormat format,
            Optional<String> control,
            VideoCodec codec,
            ParameterSets parameterSets)
            implements TrackPlan {}

    record Audio(
            MediaFormat format,
            Optional<String> control,
            AudioConfiguration configuration,
            Function<AudioSink, AudioDepacketizer> depacketizer)
            implements TrackPlan {}
}
