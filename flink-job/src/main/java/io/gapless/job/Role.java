package io.gapless.job;

import io.gapless.media.Origin;
import java.util.Locale;

/** What a job is for. The replica and both side by side in one job come with the replica. */
public enum Role {
    /** Records cameras into the archive. */
    PRIMARY;

    /**
     * @throws IllegalArgumentException with a sentence for people
     */
    public static Role parse(String text) {
        if (!text.equals(PRIMARY.toString())) {
            throw new IllegalArgumentException(
                    "'%s' is not a role of this version; use --role primary".formatted(text));
        }
        return PRIMARY;
    }

    Origin origin() {
        return switch (this) {
            case PRIMARY -> Origin.PRIMARY;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
