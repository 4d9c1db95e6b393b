package io.gapless.media;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The codec configuration of a camera's stream. All fragments of a recording share one; a changed
 * one starts a new recording. The initialisation segment depends on nothing else.
 */
public record StreamConfiguration(VideoConfiguration video, Optional<AudioConfiguration> audio) {
    public StreamConfiguration {
        requireNonNull(video, "video is null");
        requireNonNull(audio, "audio is null");
    }
}
