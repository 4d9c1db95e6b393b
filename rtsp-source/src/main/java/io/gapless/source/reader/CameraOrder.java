package io.gapless.source.reader;

import io.gapless.rtsp.CameraSettings;

/** What the catalogue on this host says of a camera. */
sealed interface CameraOrder {
    /** It can be dialled like this. */
    record Dial(CameraSettings settings) implements CameraOrder {}

    /**
     * It cannot be dialled.
     *
     * @param reason one sentence for people, without a password
     */
    record Unusable(String reason) implements CameraOrder {}
}
