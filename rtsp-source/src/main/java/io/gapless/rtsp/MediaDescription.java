package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One {@code m=} part of a session description.
 *
 * @param kind as written, {@code video} or {@code audio} for those that matter
 * @param control the {@code a=control} URL, absolute or not
 * @param announced where it is sent to, if it is sent to all
 */
record MediaDescription(
        String kind,
        List<MediaFormat> formats,
        Optional<String> control,
        TrackPlan.Announced announced) {
    MediaDescription {
        formats = List.copyOf(formats);
        requireNonNull(announced, "announced is null");
    }
}
