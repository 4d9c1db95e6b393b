package io.gapless.media;

/**
 * Bounds of a fragment. Two recorders cut alike only with the same limits.
 *
 * @param accessUnits a GOP of more is cut, at least 1
 * @param videoBytes a GOP with more bytes of VCL NAL units is cut, at least 1
 * @param accessUnitBytes no access unit may be larger, at least 1; one that is cannot be recorded
 */
public record FragmentLimits(int accessUnits, long videoBytes, int accessUnitBytes) {
    /** 300 access units or 8 MiB a fragment, 16 MiB an access unit. */
    public static final FragmentLimits DEFAULT = new FragmentLimits(300, 8L << 20, 16 << 20);

    public FragmentLimits {
        if (accessUnits < 1 || videoBytes < 1 || accessUnitBytes < 1) {
            throw new IllegalArgumentException(
                    "limits of %d access units, %d bytes, %d bytes an access unit"
                            .formatted(accessUnits, videoBytes, accessUnitBytes));
        }
    }
}
