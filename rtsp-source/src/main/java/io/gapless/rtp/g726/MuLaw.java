package io.gapless.rtp.g726;

/** G.711 mu-law (ITU-T G.711, table 2). */
final class MuLaw {
    private static final int BIAS = 0x84;
    private static final int LARGEST = 32_635;

    private MuLaw() {}

    static byte encode(short sample) {
        int magnitude = Math.min(LARGEST, Math.abs((int) sample)) + BIAS;
        int segment = Integer.SIZE - Integer.numberOfLeadingZeros(magnitude) - 8;
        int step = magnitude >> (segment + 3) & 0x0F;
        return (byte) ~((sample < 0 ? 0x80 : 0) | segment << 4 | step);
    }
}
