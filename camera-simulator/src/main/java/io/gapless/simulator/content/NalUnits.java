package io.gapless.simulator.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Telling NAL units apart (ITU-T H.264 table 7-1, H.265 table 7-1) and cutting byte streams. */
public final class NalUnits {
    private NalUnits() {}

    /** The NAL units of a byte stream (H.264 and H.265 annex B), start codes removed. */
    static List<byte[]> split(byte[] stream) {
        List<byte[]> units = new ArrayList<>();
        int start = -1;
        for (int i = 0; i + 2 < stream.length; i++) {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
                addUnit(units, stream, start, i);
                start = i + 3;
                i += 2;
            }
        }
        addUnit(units, stream, start, stream.length);
        return units;
    }

    private static void addUnit(List<byte[]> units, byte[] stream, int start, int limit) {
        int end = limit;
        while (end > start && end > 0 && stream[end - 1] == 0) {
            end--;
        }
        if (start >= 0 && end > start) {
            units.add(Arrays.copyOfRange(stream, start, end));
        }
    }

    /** Whether a NAL unit is a VPS, SPS or PPS. */
    public static boolean isParameterSet(VideoCodec codec, byte[] unit) {
        int type = type(codec, unit);
        return switch (codec) {
            case H264 -> type == 7 || type == 8;
            case H265 -> type >= 32 && type <= 34;
            case JPEG -> false;
        };
    }

    /** Whether a NAL unit carries a piece of a picture. */
    public static boolean isPicture(VideoCodec codec, byte[] unit) {
        int type = type(codec, unit);
        return switch (codec) {
            case H264 -> type >= 1 && type <= 5;
            case H265 -> type < 32;
            case JPEG -> true;
        };
    }

    private static int type(VideoCodec codec, byte[] unit) {
        return switch (codec) {
            case H264 -> unit[0] & 0x1f;
            case H265 -> unit[0] >> 1 & 0x3f;
            case JPEG -> 0;
        };
    }
}
