package io.gapless.media.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the bits of a NAL unit's payload, its emulation prevention bytes taken out, or of an OBU.
 */
final class BitReader {
    private static final int MAX_GOLOMB_ZEROS = 31;

    private final byte[] rbsp;
    private final String what;
    private int bit;

    /**
     * @param nalUnit whose position is left alone
     * @param headerBytes of the NAL unit, which are skipped
     * @param what it is, for messages
     */
    BitReader(ByteBuffer nalUnit, int headerBytes, String what) {
        this(unescape(nalUnit), headerBytes * Byte.SIZE, what);
    }

    private BitReader(byte[] rbsp, int bit, String what) {
        this.rbsp = rbsp;
        this.what = what;
        this.bit = bit;
    }

    /**
     * Of bytes that nothing is to be taken out of.
     *
     * @param bytes whose position is left alone
     */
    static BitReader plain(ByteBuffer bytes, String what) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return new BitReader(copy, 0, what);
    }

    /** ITU-T H.264 7.4.1: 00 00 03 stands for 00 00. */
    private static byte[] unescape(ByteBuffer nalUnit) {
        byte[] out = new byte[nalUnit.remaining()];
        int size = 0;
        int zeros = 0;
        for (int i = nalUnit.position(); i < nalUnit.limit(); i++) {
            byte value = nalUnit.get(i);
            if (zeros >= 2 && value == 3) {
                zeros = 0;
                continue;
            }
            zeros = value == 0 ? zeros + 1 : 0;
            out[size++] = value;
        }
        return Arrays.copyOf(out, size);
    }

    /** Up to 32 bits, unsigned. */
    long bits(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 1) | (flag() ? 1 : 0);
        }
        return value;
    }

    int bits8(int count) {
        return (int) bits(count);
    }

    boolean flag() {
        if (bit >= rbsp.length * Byte.SIZE) {
            throw new IllegalArgumentException(
                    "the %s ends too early, after %d bytes".formatted(what, rbsp.length));
        }
        boolean set = ((rbsp[bit / Byte.SIZE] >> (7 - bit % Byte.SIZE)) & 1) != 0;
        bit++;
        return set;
    }

    void skip(int count) {
        for (int i = 0; i < count; i++) {
            flag();
        }
    }

    /** ue(v), ITU-T H.264 9.1. */
    long unsignedGolomb() {
        int zeros = 0;
        while (!flag()) {
            if (++zeros > MAX_GOLOMB_ZEROS) {
                throw new IllegalArgumentException(
                        "the %s has a number of more than 32 bits".formatted(what));
            }
        }
        return (1L << zeros) - 1 + bits(zeros);
    }

    /** ue(v) with a bound. */
    int unsignedGolomb(String name, int max) {
        long value = unsignedGolomb();
        if (value > max) {
            throw new IllegalArgumentException(
                    "the %s says %s %d, but at most %d is possible"
                            .formatted(what, name, value, max));
        }
        return (int) value;
    }

    /** se(v), ITU-T H.264 9.1.1. */
    long signedGolomb() {
        long value = unsignedGolomb();
        return (value & 1) != 0 ? (value + 1) / 2 : -(value / 2);
    }
}
