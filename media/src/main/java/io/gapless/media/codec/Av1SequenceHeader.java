package io.gapless.media.codec;

import java.nio.ByteBuffer;

/**
 * What a recording needs of a sequence header OBU (AV1 specification, 5.5.1); its operating points
 * but the first are passed over.
 *
 * @param level seq_level_idx of the first operating point
 * @param tier seq_tier of the first operating point, 0 or 1
 * @param reducedStillPicture whether there are key frames only, and nothing says so in their
 *     headers
 */
record Av1SequenceHeader(
        int profile,
        int level,
        int tier,
        boolean reducedStillPicture,
        PictureSize size,
        Av1Color color) {
    static final String NAME = "AV1 sequence header";

    private static final int SELECT = 2;

    private record OperatingPoint(int level, int tier) {}

    /**
     * @param payload of the OBU, its position is left alone
     * @throws IllegalArgumentException with a sentence that says what is wrong with it
     */
    static Av1SequenceHeader parse(ByteBuffer payload) {
        BitReader bits = BitReader.plain(payload, NAME);
        int profile = bits.bits8(3);
        if (profile > 2) {
            throw new IllegalArgumentException("the %s has profile %d".formatted(NAME, profile));
        }
        bits.flag(); // still_picture
        boolean reduced = bits.flag();
        OperatingPoint first =
                reduced ? new OperatingPoint(bits.bits8(5), 0) : operatingPoints(bits);
        PictureSize size = size(bits);
        skipTools(bits, reduced);
        Av1Color color = Av1Color.parse(bits, profile);
        return new Av1SequenceHeader(profile, first.level, first.tier, reduced, size, color);
    }

    private static OperatingPoint operatingPoints(BitReader bits) {
        int delayBits = bits.flag() ? timing(bits) : 0;
        boolean withDisplayDelay = bits.flag();
        int count = bits.bits8(5) + 1;
        OperatingPoint first = operatingPoint(bits, delayBits, withDisplayDelay);
        for (int i = 1; i < count; i++) {
            operatingPoint(bits, delayBits, withDisplayDelay);
        }
        return first;
    }

    /**
     * Passes over timing_info (5.5.3) and decoder_model_info (5.5.4).
     *
     * @return how many bits the delays of operating points have, 0 if there are none
     */
    private static int timing(BitReader bits) {
        bits.skip(32); // num_units_in_display_tick
        bits.skip(32); // time_scale
        if (bits.flag()) {
            bits.unsignedGolomb(); // num_ticks_per_picture_minus_1
        }
        if (!bits.flag()) {
            return 0;
        }
        int delayBits = bits.bits8(5) + 1;
        bits.skip(32 + 5 + 5); // num_units_in_decoding_tick, lengths of two more fields
        return delayBits;
    }

    private static OperatingPoint operatingPoint(
            BitReader bits, int delayBits, boolean withDisplayDelay) {
        bits.skip(12); // operating_point_idc
        int level = bits.bits8(5);
        int tier = level > 7 ? bits.bits8(1) : 0;
        if (delayBits > 0 && bits.flag()) {
            bits.skip(2 * delayBits + 1); // operating_parameters_info (5.5.5)
        }
        if (withDisplayDelay && bits.flag()) {
            bits.skip(4); // initial_display_delay_minus_1
        }
        return new OperatingPoint(level, tier);
    }

    private static PictureSize size(BitReader bits) {
        int widthBits = bits.bits8(4) + 1;
        int heightBits = bits.bits8(4) + 1;
        return new PictureSize(bits.bits(widthBits) + 1, bits.bits(heightBits) + 1, 0, 0);
    }

    private static void skipTools(BitReader bits, boolean reduced) {
        if (!reduced && bits.flag()) {
            bits.skip(4 + 3); // delta_frame_id_length_minus_2, additional_frame_id_length_minus_1
        }
        bits.skip(3); // use_128x128_superblock, enable_filter_intra, enable_intra_edge_filter
        if (!reduced) {
            bits.skip(4); // interintra and masked compound, warped motion, dual filter
            boolean orderHint = bits.flag();
            if (orderHint) {
                bits.skip(2); // enable_jnt_comp, enable_ref_frame_mvs
            }
            skipScreenContent(bits);
            if (orderHint) {
                bits.skip(3); // order_hint_bits_minus_1
            }
        }
        bits.skip(3); // enable_superres, enable_cdef, enable_restoration
    }

    private static void skipScreenContent(BitReader bits) {
        int screenContent = bits.flag() ? SELECT : bits.bits8(1);
        if (screenContent > 0 && !bits.flag()) {
            bits.flag(); // seq_force_integer_mv
        }
    }
}
