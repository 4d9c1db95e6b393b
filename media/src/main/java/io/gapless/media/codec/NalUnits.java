package io.gapless.media.codec;

import io.gapless.media.VideoCodec;

/**
 * What a NAL unit is, judged by the first byte of its header (ITU-T H.264 7.3.1, table 7-1; H.265
 * 7.3.1.2, table 7-1).
 */
public final class NalUnits {
    public static final int H264_IDR = 5;
    public static final int H264_SEI = 6;
    public static final int H264_SPS = 7;
    public static final int H264_PPS = 8;
    public static final int H264_ACCESS_UNIT_DELIMITER = 9;
    public static final int H264_SPS_EXTENSION = 13;
    public static final int H265_BLA_N_LP = 18;
    public static final int H265_IDR_W_RADL = 19;
    public static final int H265_IDR_N_LP = 20;
    public static final int H265_VPS = 32;
    public static final int H265_SPS = 33;
    public static final int H265_PPS = 34;
    public static final int H265_ACCESS_UNIT_DELIMITER = 35;
    public static final int H265_PREFIX_SEI = 39;

    private static final int H265_FIRST_IRAP = 16;
    private static final int H265_LAST_IRAP = 23;
    private static final int H265_LAST_VCL = 31;

    private NalUnits() {}

    /** The nal_unit_type: 0 to 31 in H.264, 0 to 63 in H.265. */
    public static int type(VideoCodec codec, int firstHeaderByte) {
        return switch (codec) {
            case H264 -> firstHeaderByte & 0x1F;
            case H265 -> (firstHeaderByte >> 1) & 0x3F;
            case JPEG, AV1 -> throw noNalUnits(codec);
        };
    }

    /** Whether it carries a piece of a picture. Only such NAL units enter the digest. */
    public static boolean isVcl(VideoCodec codec, int firstHeaderByte) {
        int type = type(codec, firstHeaderByte);
        return switch (codec) {
            case H264 -> type >= 1 && type <= H264_IDR;
            case H265 -> type <= H265_LAST_VCL;
            case JPEG, AV1 -> throw noNalUnits(codec);
        };
    }

    /** Whether it is a VPS, SPS, SPS extension or PPS, which never stand in an {@code mdat}. */
    public static boolean isParameterSet(VideoCodec codec, int firstHeaderByte) {
        int type = type(codec, firstHeaderByte);
        return switch (codec) {
            case H264 -> type == H264_SPS || type == H264_PPS || type == H264_SPS_EXTENSION;
            case H265 -> type >= H265_VPS && type <= H265_PPS;
            case JPEG, AV1 -> throw noNalUnits(codec);
        };
    }

    /** Whether it is an access unit delimiter, which can only be the first of its access unit. */
    public static boolean isAccessUnitDelimiter(VideoCodec codec, int firstHeaderByte) {
        return type(codec, firstHeaderByte)
                == switch (codec) {
                    case H264 -> H264_ACCESS_UNIT_DELIMITER;
                    case H265 -> H265_ACCESS_UNIT_DELIMITER;
                    case JPEG, AV1 -> throw noNalUnits(codec);
                };
    }

    /**
     * The kind of the access unit that this NAL unit, its first VCL NAL unit, belongs to. For H.265
     * every IRAP picture is a key; IDR_W_RADL, BLA and CRA may have leading pictures. For H.264
     * only IDR pictures are: the I pictures of an open GOP look like any other.
     */
    public static AccessUnitKind kindOf(VideoCodec codec, int firstHeaderByte) {
        int type = type(codec, firstHeaderByte);
        return switch (codec) {
            case H264 -> type == H264_IDR ? AccessUnitKind.KEY_CLOSED : AccessUnitKind.OTHER;
            case H265 -> kindOfH265(type);
            case JPEG, AV1 -> throw noNalUnits(codec);
        };
    }

    private static IllegalArgumentException noNalUnits(VideoCodec codec) {
        return new IllegalArgumentException(codec + " has no NAL units");
    }

    private static AccessUnitKind kindOfH265(int type) {
        if (type == H265_IDR_N_LP || type == H265_BLA_N_LP) {
            return AccessUnitKind.KEY_CLOSED;
        }
        boolean randomAccess = type >= H265_FIRST_IRAP && type <= H265_LAST_IRAP;
        return randomAccess ? AccessUnitKind.KEY_OPEN : AccessUnitKind.OTHER;
    }
}
