package io.gapless.media.codec;

import java.nio.ByteBuffer;

/** What an open bitstream unit is, judged by its header (AV1 specification, 5.3.2 and 6.2.2). */
public final class Obus {
    public static final int SEQUENCE_HEADER = 1;
    public static final int TEMPORAL_DELIMITER = 2;
    public static final int FRAME_HEADER = 3;
    public static final int FRAME = 6;
    public static final int REDUNDANT_FRAME_HEADER = 7;
    public static final int TILE_LIST = 8;
    public static final int PADDING = 15;

    public static final int FORBIDDEN_BIT = 0x80;
    public static final int EXTENSION_FLAG = 4;
    public static final int HAS_SIZE_FIELD = 2;

    /** A size of more than 32 bits needs none of the others. */
    private static final int MAX_SIZE_BYTES = 8;

    private Obus() {}

    /** The obu_type, 0 to 15. */
    public static int type(int firstHeaderByte) {
        return (firstHeaderByte >> 3) & 0xF;
    }

    /** Whether samples hold such units (AV1 in ISO BMFF, 2.4); others tell nothing of a picture. */
    public static boolean isStored(int type) {
        return switch (type) {
            case TEMPORAL_DELIMITER, REDUNDANT_FRAME_HEADER, TILE_LIST, PADDING -> false;
            default -> true;
        };
    }

    /**
     * Whether a frame's header begins like that of a key frame that is shown at once: its first
     * three fields are show_existing_frame 0, frame_type KEY_FRAME and show_frame 1 (5.9.2).
     */
    public static boolean isShownKeyFrame(int firstByteOfFrameHeader) {
        return (firstByteOfFrameHeader & 0xF0) == 0x10;
    }

    /**
     * A size as leb128 in 4 bytes, however small, so that it can be filled in when it is known
     * (4.10.5 allows that).
     *
     * @param size less than 2^28
     * @return the bytes, the first one highest
     */
    public static int sizeIn4Bytes(int size) {
        return (0x80 | (size & 0x7F)) << 24
                | (0x80 | ((size >> 7) & 0x7F)) << 16
                | (0x80 | ((size >> 14) & 0x7F)) << 8
                | ((size >> 21) & 0x7F);
    }

    /**
     * Reads a leb128 number (4.10.5) from the position on.
     *
     * @return -1 if it ends too early, has more than 8 bytes or 31 bits
     */
    public static int leb128(ByteBuffer bytes) {
        long value = 0;
        for (int i = 0; i < MAX_SIZE_BYTES && bytes.hasRemaining(); i++) {
            int next = bytes.get();
            value |= (next & 0x7FL) << (7 * i);
            if (next >= 0) {
                return value > Integer.MAX_VALUE ? -1 : (int) value;
            }
        }
        return -1;
    }

    /** Whether it is what a sample has to be: OBUs of known sizes, and no delimiter. */
    public static boolean isTemporalUnit(ByteBuffer sample) {
        ByteBuffer rest = sample.duplicate();
        while (rest.hasRemaining()) {
            int header = rest.get();
            boolean usual = (header & (FORBIDDEN_BIT | HAS_SIZE_FIELD)) == HAS_SIZE_FIELD;
            if ((header & EXTENSION_FLAG) != 0 && rest.hasRemaining()) {
                rest.get();
            }
            int size = leb128(rest);
            if (!usual || !isStored(type(header)) || size < 0 || size > rest.remaining()) {
                return false;
            }
            rest.position(rest.position() + size);
        }
        return sample.hasRemaining();
    }
}
