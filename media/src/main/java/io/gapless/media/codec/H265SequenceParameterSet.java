package io.gapless.media.codec;

import java.nio.ByteBuffer;

/**
 * What the {@code hvcC} record needs of a sequence parameter set (ITU-T H.265 7.3.2.2.1).
 *
 * @param generalProfile profile space, tier and profile: 8 bits, then 32 bits of compatibility and
 *     48 of constraints (7.3.3)
 */
record H265SequenceParameterSet(
        GeneralProfile generalProfile,
        int temporalLayers,
        boolean temporalIdNesting,
        int chromaFormat,
        int bitDepthLumaMinus8,
        int bitDepthChromaMinus8,
        PictureSize size) {
    static final String NAME = "H.265 sequence parameter set";

    private static final int YUV_444 = 3;

    record GeneralProfile(int spaceTierProfile, long compatibility, long constraints, int level) {}

    static H265SequenceParameterSet parse(ByteBuffer nalUnit) {
        BitReader bits = new BitReader(nalUnit, 2, NAME);
        bits.skip(4); // sps_video_parameter_set_id
        int subLayersMinus1 = bits.bits8(3);
        boolean nesting = bits.flag();
        GeneralProfile profile = profile(bits, subLayersMinus1);
        bits.unsignedGolomb("sps_seq_parameter_set_id", 15);
        int chromaFormat = bits.unsignedGolomb("chroma_format_idc", YUV_444);
        boolean separatePlanes = chromaFormat == YUV_444 && bits.flag();
        PictureSize size = size(bits, separatePlanes ? 0 : chromaFormat);
        return new H265SequenceParameterSet(
                profile,
                subLayersMinus1 + 1,
                nesting,
                chromaFormat,
                bits.unsignedGolomb("bit_depth_luma_minus8", 7),
                bits.unsignedGolomb("bit_depth_chroma_minus8", 7),
                size);
    }

    /** 7.3.3 */
    private static GeneralProfile profile(BitReader bits, int subLayersMinus1) {
        GeneralProfile general =
                new GeneralProfile(bits.bits8(8), bits.bits(32), longBits(bits), bits.bits8(8));
        boolean[] hasProfile = new boolean[subLayersMinus1];
        boolean[] hasLevel = new boolean[subLayersMinus1];
        for (int i = 0; i < subLayersMinus1; i++) {
            hasProfile[i] = bits.flag();
            hasLevel[i] = bits.flag();
        }
        if (subLayersMinus1 > 0) {
            bits.skip(2 * (8 - subLayersMinus1)); // reserved_zero_2bits
        }
        for (int i = 0; i < subLayersMinus1; i++) {
            bits.skip((hasProfile[i] ? 88 : 0) + (hasLevel[i] ? 8 : 0));
        }
        return general;
    }

    private static long longBits(BitReader bits) {
        return (bits.bits(16) << 32) | bits.bits(32);
    }

    private static PictureSize size(BitReader bits, int chromaFormat) {
        long width = bits.unsignedGolomb();
        long height = bits.unsignedGolomb();
        if (!bits.flag()) {
            return new PictureSize(width, height, 0, 0);
        }
        long leftAndRight = bits.unsignedGolomb() + bits.unsignedGolomb();
        long topAndBottom = bits.unsignedGolomb() + bits.unsignedGolomb();
        int unitX = chromaFormat == 1 || chromaFormat == 2 ? 2 : 1;
        int unitY = chromaFormat == 1 ? 2 : 1;
        return new PictureSize(width, height, leftAndRight * unitX, topAndBottom * unitY);
    }
}
