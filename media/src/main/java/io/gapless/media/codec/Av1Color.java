package io.gapless.media.codec;

/**
 * How samples are coded (color_config of the AV1 specification, 5.5.2).
 *
 * @param bitDepth 8, 10 or 12
 * @param samplePosition chroma_sample_position, 0 if unknown
 */
record Av1Color(
        int bitDepth,
        boolean monochrome,
        boolean subsamplingX,
        boolean subsamplingY,
        int samplePosition) {
    private static final int MAIN = 0;
    private static final int HIGH = 1;
    private static final int PROFESSIONAL = 2;

    /** color_primaries BT.709, transfer_characteristics sRGB, matrix_coefficients identity. */
    private static final int RGB = (1 << 16) | (13 << 8);

    private static final int UNSPECIFIED = (2 << 16) | (2 << 8) | 2;

    static Av1Color parse(BitReader bits, int profile) {
        int depth = depth(bits, profile);
        boolean monochrome = profile != HIGH && bits.flag();
        int description = bits.flag() ? bits.bits8(24) : UNSPECIFIED;
        if (!monochrome && description == RGB) {
            return new Av1Color(depth, false, false, false, 0);
        }
        bits.flag(); // color_range
        if (monochrome) {
            return new Av1Color(depth, true, true, true, 0);
        }
        boolean free = profile == PROFESSIONAL && depth == 12;
        boolean subsamplingX = free ? bits.flag() : profile != HIGH;
        boolean subsamplingY = free ? subsamplingX && bits.flag() : profile == MAIN;
        int position = subsamplingX && subsamplingY ? bits.bits8(2) : 0;
        return new Av1Color(depth, false, subsamplingX, subsamplingY, position);
    }

    private static int depth(BitReader bits, int profile) {
        boolean high = bits.flag();
        boolean twelve = high && profile == PROFESSIONAL && bits.flag();
        return twelve ? 12 : high ? 10 : 8;
    }
}
