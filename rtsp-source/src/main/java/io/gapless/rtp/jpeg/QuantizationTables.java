package io.gapless.rtp.jpeg;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The quantization tables of a stream (RFC 2435 sections 3.1.8, 4.2 and appendix A): computed from
 * Q, sent with the picture, or sent once and remembered by their Q.
 *
 * @see JpegFileHeader
 */
final class QuantizationTables {
    /** In zigzag order, 8 bits each if there are 64 bytes, 16 bits if 128. */
    record Tables(List<byte[]> tables) {
        Tables {
            tables = List.copyOf(tables);
        }
    }

    private static final int FIRST_SENT = 128;
    private static final int NOT_REMEMBERED = 255;
    private static final int LARGEST_COMPUTED = 99;
    private static final int MOST_TABLES = 4;
    private static final int ENTRIES = 64;

    /** Table K.1 of ISO 10918-1 in zigzag order. */
    private static final int[] LUMINANCE = {
        16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, //
        26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51, //
        56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, //
        95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99
    };

    /** Table K.2, whose later half is 99 throughout. */
    private static final int[] CHROMINANCE = {
        17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99, //
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, //
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, //
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
    };

    private final Map<Integer, Tables> remembered = new HashMap<>();

    /**
     * The tables of a picture; empty if they make no sense or are not known.
     *
     * @param payload of the picture's first packet, at the quantization table header if {@code q}
     *     says that there is one, which is consumed
     */
    Optional<Tables> read(int q, ByteBuffer payload) {
        if (q < FIRST_SENT) {
            return q < 1 || q > LARGEST_COMPUTED ? Optional.empty() : Optional.of(computed(q));
        }
        if (payload.remaining() < 4) {
            return Optional.empty();
        }
        payload.get();
        int precision = payload.get();
        int length = payload.getShort() & 0xFFFF;
        if (length == 0) {
            return Optional.ofNullable(remembered.get(q));
        }
        Optional<Tables> sent = sent(payload, precision, length);
        if (q != NOT_REMEMBERED) {
            sent.ifPresent(tables -> remembered.put(q, tables));
        }
        return sent;
    }

    private static Optional<Tables> sent(ByteBuffer payload, int precision, int length) {
        List<byte[]> tables = new ArrayList<>();
        int left = length;
        while (left > 0) {
            boolean wide = (precision >> tables.size() & 1) != 0;
            int bytes = wide ? 2 * ENTRIES : ENTRIES;
            if (bytes > left || bytes > payload.remaining() || tables.size() == MOST_TABLES) {
                return Optional.empty();
            }
            byte[] table = new byte[bytes];
            payload.get(table);
            tables.add(table);
            left -= bytes;
        }
        return Optional.of(new Tables(tables));
    }

    private static Tables computed(int q) {
        int scale = q < 50 ? 5000 / q : 200 - 2 * q;
        return new Tables(List.of(scaled(LUMINANCE, scale), scaled(CHROMINANCE, scale)));
    }

    private static byte[] scaled(int[] table, int scale) {
        byte[] scaled = new byte[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            scaled[i] = (byte) Math.max(1, Math.min(255, (table[i] * scale + 50) / 100));
        }
        return scaled;
    }
}
