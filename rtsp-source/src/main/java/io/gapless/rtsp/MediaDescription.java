package io.gapless.rtsp;

import java.util.List;
import java.util.Optional;

/**
 * One {@code m=} part of a session description.
 *
 * @param kind as written, {@code video} or {@code audio} for those that matter
 * @param control the {@code a=control} URL, absolute or not
 */
record MediaDescription(String kind, List<MediaFormat> formats, Optional<String> control) {
    MediaDescription {
        formats = List.copyOf(formats);
    }
}
