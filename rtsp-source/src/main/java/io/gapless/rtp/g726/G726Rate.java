package io.gapless.rtp.g726;

/**
 * A rate of G.726 and its tables, by code: output of the inverse quantizer in the logarithmic
 * domain (ITU-T G.726, tables 7 to 10), scale factor multipliers W and rate-of-change weights F.
 */
@SuppressWarnings("ImmutableEnumChecker") // its arrays are never written nor given away
public enum G726Rate {
    KBIT_16(
            2,
            new int[] {116, 365, 365, 116},
            new int[] {-704, 14048, 14048, -704},
            new int[] {0, 0xE00, 0xE00, 0}),
    KBIT_24(
            3,
            new int[] {-2048, 135, 273, 373, 373, 273, 135, -2048},
            new int[] {-128, 960, 4384, 18624, 18624, 4384, 960, -128},
            new int[] {0, 0x200, 0x400, 0xE00, 0xE00, 0x400, 0x200, 0}),
    KBIT_32(
            4,
            mirrored(-2048, 4, 135, 213, 273, 323, 373, 425),
            mirrored(-384, 576, 1312, 2048, 3584, 6336, 11360, 35904),
            mirrored(0, 0, 0, 0x200, 0x200, 0x200, 0x600, 0xE00)),
    KBIT_40(
            5,
            mirrored(
                    -2048, -66, 28, 104, 169, 224, 274, 318, 358, 395, 429, 459, 488, 514, 539,
                    566),
            mirrored(
                    448, 448, 768, 1248, 1280, 1312, 1856, 3200, 4512, 5728, 7008, 8960, 11456,
                    14080, 16928, 22272),
            mirrored(
                    0, 0, 0, 0, 0, 0x200, 0x200, 0x200, 0x200, 0x200, 0x400, 0x600, 0x800, 0xA00,
                    0xC00, 0xC00));

    private final int codeBits;
    private final int[] quantized;
    private final int[] multipliers;
    private final int[] weights;

    G726Rate(int codeBits, int[] quantized, int[] multipliers, int[] weights) {
        this.codeBits = codeBits;
        this.quantized = quantized;
        this.multipliers = multipliers;
        this.weights = weights;
    }

    /** Codes of negative differences count from the other end. */
    private static int[] mirrored(int... positive) {
        int[] both = new int[2 * positive.length];
        for (int i = 0; i < positive.length; i++) {
            both[i] = positive[i];
            both[both.length - 1 - i] = positive[i];
        }
        return both;
    }

    /** Bits of a sample's code: 2 to 5. */
    public int codeBits() {
        return codeBits;
    }

    int quantized(int code) {
        return quantized[code];
    }

    int multiplier(int code) {
        return multipliers[code];
    }

    int weight(int code) {
        return weights[code];
    }

    boolean isNegative(int code) {
        return code >> (codeBits - 1) != 0;
    }
}
