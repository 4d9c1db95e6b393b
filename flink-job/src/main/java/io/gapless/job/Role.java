package io.gapless.job;

import java.util.Arrays;
import java.util.Locale;

/** What a job is for. */
public enum Role {
    /** Records cameras into the archive, and fetches from the rings what it lacks. */
    PRIMARY,
    /** Records the same cameras, in another failure domain, into a ring on local disks. */
    REPLICA,
    /** Both side by side, for a small site with one cluster. */
    ALL;

    /**
     * @throws IllegalArgumentException with a sentence for people
     */
    public static Role parse(String text) {
        return Arrays.stream(values())
                .filter(role -> role.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "'%s' is not a role; use primary, replica or all"
                                                .formatted(text)));
    }

    /** Whether it records into the archive. */
    public boolean archives() {
        return this != REPLICA;
    }

    /** Whether it records into a ring. */
    public boolean keepsRing() {
        return this != PRIMARY;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
