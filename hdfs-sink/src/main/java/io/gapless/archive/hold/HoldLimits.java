package io.gapless.archive.hold;

import java.io.Serializable;

/**
 * How full the memory for video may become, in percent of its budget, whoever uses it.
 *
 * @param spillPercent above which what waits for the archive is moved to local disks, if there are
 *     any for it
 * @param dropPercent above which what has waited longest is dropped; the rest up to the budget is
 *     left to those who receive video, so that they find memory always
 */
public record HoldLimits(int spillPercent, int dropPercent) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of a recorder: 50 % and 80 %. */
    public static final HoldLimits RECORDER = new HoldLimits(50, 80);

    /** For video that comes only when there is room for it: never spilt, never dropped. */
    public static final HoldLimits NONE = new HoldLimits(100, 100);

    public HoldLimits {
        if (spillPercent < 1 || dropPercent < spillPercent || dropPercent > 100) {
            throw new IllegalArgumentException(
                    "spill above %d %%, drop above %d %% of the memory"
                            .formatted(spillPercent, dropPercent));
        }
    }
}
