package io.gapless.rtsp;

import java.util.List;
import java.util.Optional;

/**
 * What DESCRIBE tells of a camera's stream (SDP, RFC 4566).
 *
 * @param control of the whole session
 */
record SessionDescription(Optional<String> control, List<MediaDescription> media) {
    SessionDescription {
        media = List.copyOf(media);
    }
}
