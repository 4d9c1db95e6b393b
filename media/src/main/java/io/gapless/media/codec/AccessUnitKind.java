package io.gapless.media.codec;

/** What an access unit means for where a stream may be entered and cut. */
public enum AccessUnitKind {
    /** Decoding can start here, and nothing that follows is presented before it. */
    KEY_CLOSED,
    /** Decoding can start here, but pictures that follow may be presented before it. */
    KEY_OPEN,
    /** Needs pictures before it. */
    OTHER
}
