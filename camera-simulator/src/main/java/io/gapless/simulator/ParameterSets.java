package io.gapless.simulator;

/** Where a camera tells its parameter sets. */
public enum ParameterSets {
    /** In the session description and before each key frame. */
    BOTH,
    /** Only in the session description. */
    DESCRIPTION,
    /** Only before each key frame. */
    IN_BAND;

    boolean inDescription() {
        return this != IN_BAND;
    }

    boolean inBand() {
        return this != DESCRIPTION;
    }
}
