package io.gapless.simulator;

/** With what a session begins. */
public enum SessionStart {
    /** With the next key frame, however long that takes. */
    KEY_FRAME,
    /** At once with the next frame, whatever it is; no key frame is made for it. */
    NEXT_FRAME,
    /**
     * At once with the newest key frame and all frames since, in a burst, then live. With
     * interleaved transport a GOP of more than 4 MB loses frames.
     */
    REPLAYED_GOP,
    /** The encoder makes a key frame for it, which all sessions see. */
    FORCED_KEY_FRAME
}
