package io.gapless.media.codec;

import io.gapless.media.VideoCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Parameter sets of one type, each once, in the order given. */
record ParameterSetList(int type, Set<ByteBuffer> nalUnits) {
    /** The lengths of parameter sets are stored in 16 bits. */
    private static final int MAX_BYTES = 0xFFFF;

    /**
     * @param name for messages, such as "H.264 sequence parameter set"
     * @throws IllegalArgumentException if there is none, more than {@code max}, or one of another
     *     type
     */
    static ParameterSetList of(
            VideoCodec codec, int type, String name, List<ByteBuffer> nalUnits, int max) {
        Set<ByteBuffer> unique = new LinkedHashSet<>();
        for (ByteBuffer nalUnit : nalUnits) {
            ByteBuffer trimmed = withoutTrailingZeros(nalUnit);
            check(codec, type, name, trimmed);
            unique.add(trimmed);
        }
        if (unique.isEmpty() || unique.size() > max) {
            throw new IllegalArgumentException(
                    "there are %d of %s; 1 to %d are possible".formatted(unique.size(), name, max));
        }
        return new ParameterSetList(type, unique);
    }

    /** No NAL unit ends in zeros (H.264 7.4.1), but some senders add them. */
    private static ByteBuffer withoutTrailingZeros(ByteBuffer nalUnit) {
        int end = nalUnit.limit();
        while (end > nalUnit.position() && nalUnit.get(end - 1) == 0) {
            end--;
        }
        return nalUnit.slice(nalUnit.position(), end - nalUnit.position());
    }

    private static void check(VideoCodec codec, int type, String name, ByteBuffer nalUnit) {
        if (nalUnit.remaining() < 3 || nalUnit.remaining() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the %s has %d bytes".formatted(name, nalUnit.remaining()));
        }
        int actual = NalUnits.type(codec, nalUnit.get(0));
        if (actual != type) {
            throw new IllegalArgumentException(
                    "the %s is a NAL unit of type %d".formatted(name, actual));
        }
    }

    ByteBuffer first() {
        return nalUnits.iterator().next();
    }

    int count() {
        return nalUnits.size();
    }

    /** Writes each behind its length in 16 bits. */
    void writeTo(ByteArrayOutputStream out) {
        for (ByteBuffer nalUnit : nalUnits) {
            out.write(nalUnit.remaining() >> 8);
            out.write(nalUnit.remaining());
            for (int i = 0; i < nalUnit.limit(); i++) {
                out.write(nalUnit.get(i));
            }
        }
    }
}
