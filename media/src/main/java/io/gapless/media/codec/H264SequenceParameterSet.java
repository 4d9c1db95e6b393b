package io.gapless.media.codec;

import java.nio.ByteBuffer;
import java.util.Set;

/** What the {@code avcC} record needs of a sequence parameter set (ITU-T H.264 7.3.2.1.1). */
record H264SequenceParameterSet(
        int profile,
        int compatibility,
        int level,
        int chromaFormat,
        int bitDepthLumaMinus8,
        int bitDepthChromaMinus8,
        PictureSize size) {
    static final String NAME = "H.264 sequence parameter set";

    private static final Set<Integer> PROFILES_WITH_CHROMA =
            Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 134, 135, 138, 139);
    private static final int YUV_420 = 1;
    private static final int YUV_444 = 3;

    private record Chroma(int format, boolean separatePlanes, int lumaDepth, int chromaDepth) {
        static final Chroma DEFAULT = new Chroma(YUV_420, false, 0, 0);

        int cropUnitX() {
            boolean halved = !separatePlanes && (format == 1 || format == 2);
            return halved ? 2 : 1;
        }

        int cropUnitY() {
            return !separatePlanes && format == YUV_420 ? 2 : 1;
        }
    }

    static H264SequenceParameterSet parse(ByteBuffer nalUnit) {
        BitReader bits = new BitReader(nalUnit, 1, NAME);
        int profile = bits.bits8(8);
        int compatibility = bits.bits8(8);
        int level = bits.bits8(8);
        bits.unsignedGolomb("seq_parameter_set_id", 31);
        Chroma chroma = PROFILES_WITH_CHROMA.contains(profile) ? chroma(bits) : Chroma.DEFAULT;
        skipToSize(bits);
        return new H264SequenceParameterSet(
                profile,
                compatibility,
                level,
                chroma.format,
                chroma.lumaDepth,
                chroma.chromaDepth,
                size(bits, chroma));
    }

    private static Chroma chroma(BitReader bits) {
        int format = bits.unsignedGolomb("chroma_format_idc", YUV_444);
        boolean separatePlanes = format == YUV_444 && bits.flag();
        int lumaDepth = bits.unsignedGolomb("bit_depth_luma_minus8", 6);
        int chromaDepth = bits.unsignedGolomb("bit_depth_chroma_minus8", 6);
        bits.flag(); // qpprime_y_zero_transform_bypass_flag
        if (bits.flag()) {
            skipScalingLists(bits, format == YUV_444 ? 12 : 8);
        }
        return new Chroma(format, separatePlanes, lumaDepth, chromaDepth);
    }

    /** 7.3.2.1.1.1 */
    private static void skipScalingLists(BitReader bits, int count) {
        for (int list = 0; list < count; list++) {
            if (bits.flag()) {
                skipScalingList(bits, list < 6 ? 16 : 64);
            }
        }
    }

    private static void skipScalingList(BitReader bits, int size) {
        long next = 8;
        for (int i = 0; i < size && next != 0; i++) {
            next = Math.floorMod(next + bits.signedGolomb(), 256L);
        }
    }

    private static void skipToSize(BitReader bits) {
        bits.unsignedGolomb(); // log2_max_frame_num_minus4
        int orderCountType = bits.unsignedGolomb("pic_order_cnt_type", 2);
        if (orderCountType == 0) {
            bits.unsignedGolomb(); // log2_max_pic_order_cnt_lsb_minus4
        } else if (orderCountType == 1) {
            bits.flag(); // delta_pic_order_always_zero_flag
            bits.signedGolomb(); // offset_for_non_ref_pic
            bits.signedGolomb(); // offset_for_top_to_bottom_field
            int cycle = bits.unsignedGolomb("num_ref_frames_in_pic_order_cnt_cycle", 255);
            for (int i = 0; i < cycle; i++) {
                bits.signedGolomb();
            }
        }
        bits.unsignedGolomb(); // max_num_ref_frames
        bits.flag(); // gaps_in_frame_num_value_allowed_flag
    }

    private static PictureSize size(BitReader bits, Chroma chroma) {
        long width = (bits.unsignedGolomb() + 1) * 16;
        long mapUnits = bits.unsignedGolomb() + 1;
        boolean framesOnly = bits.flag();
        int fields = framesOnly ? 1 : 2;
        if (!framesOnly) {
            bits.flag(); // mb_adaptive_frame_field_flag
        }
        bits.flag(); // direct_8x8_inference_flag
        long height = mapUnits * 16 * fields;
        if (!bits.flag()) {
            return new PictureSize(width, height, 0, 0);
        }
        long leftAndRight = bits.unsignedGolomb() + bits.unsignedGolomb();
        long topAndBottom = bits.unsignedGolomb() + bits.unsignedGolomb();
        return new PictureSize(
                width,
                height,
                leftAndRight * chroma.cropUnitX(),
                topAndBottom * chroma.cropUnitY() * fields);
    }
}
