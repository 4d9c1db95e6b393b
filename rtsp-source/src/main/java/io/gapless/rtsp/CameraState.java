package io.gapless.rtsp;

/** What a camera's recorder is doing. */
public enum CameraState {
    /** Not started, or closed. */
    STOPPED,
    /** Dialling, or setting up a session. */
    CONNECTING,
    /** The session plays and media comes. */
    RECORDING,
    /** Waiting before it dials again. */
    WAITING
}
