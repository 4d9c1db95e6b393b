package io.gapless.media;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The codec configuration of a camera's stream. All fragments of a recording share one; a changed
 * one starts a new recording. The initialisation segment depends on nothing else.
 *
 * @param metadata whether there is a track of metadata, XML documents as ONVIF's Streaming
 *     Specification has them (5.1.2.1)
 */
public record StreamConfiguration(
        VideoConfiguration video, Optional<AudioConfiguration> audio, boolean metadata) {
    public StreamConfiguration {
        requireNonNull(video, "video is null");
        requireNonNull(audio, "audio is null");
    }

    public StreamConfiguration(VideoConfiguration video, Optional<AudioConfiguration> audio) {
        this(video, audio, false);
    }
}
