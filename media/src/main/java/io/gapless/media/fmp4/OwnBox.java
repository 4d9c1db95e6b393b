package io.gapless.media.fmp4;

import java.nio.ByteBuffer;
import java.util.UUID;

/** The first bytes of a box of our own, which say what it is. */
record OwnBox(long sizeBytes, UUID userType, int version) {
    static final int BYTES = FragmentBox.PREAMBLE_BYTES;

    /**
     * @param start at least {@link #BYTES} from the start of a {@code uuid} box
     */
    static OwnBox read(ByteBuffer start) {
        int at = start.position();
        return new OwnBox(
                Integer.toUnsignedLong(start.getInt(at)),
                new UUID(start.getLong(at + 8), start.getLong(at + 16)),
                Byte.toUnsignedInt(start.get(at + 24)));
    }

    /** Whether it is such a box in a version that this code can read. */
    boolean is(UUID type, int known) {
        return userType.equals(type) && version == known;
    }
}
