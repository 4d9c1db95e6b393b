package io.gapless.media.fmp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One box (ISO 14496-12, 4.2) in memory.
 *
 * @param payload what follows size and type, from position 0 to its limit, big-endian
 */
record Box(int type, ByteBuffer payload) {
    /** Size and type. */
    static final int HEADER_BYTES = 8;

    static final int FTYP = type("ftyp");
    static final int MOOV = type("moov");
    static final int MOOF = type("moof");
    static final int MDAT = type("mdat");
    static final int MFRA = type("mfra");
    static final int MFRO = type("mfro");
    static final int PRFT = type("prft");
    static final int UUID = type("uuid");

    /** The 4 letters of {@code name} as a number. */
    static int type(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
    }

    /**
     * The boxes that fill what remains of {@code bytes}.
     *
     * @throws IllegalArgumentException if their sizes do not add up
     */
    static List<Box> parseAll(ByteBuffer bytes) {
        List<Box> boxes = new ArrayList<>();
        ByteBuffer rest = bytes.slice();
        while (rest.hasRemaining()) {
            Box box = parse(rest);
            boxes.add(box);
            rest.position(rest.position() + HEADER_BYTES + box.payload.limit());
        }
        return boxes;
    }

    private static Box parse(ByteBuffer rest) {
        int at = rest.position();
        int size = rest.remaining() < HEADER_BYTES ? 0 : rest.getInt(at);
        if (size < HEADER_BYTES || size > rest.remaining()) {
            throw new IllegalArgumentException(
                    "a box of %d bytes stands where %d are left".formatted(size, rest.remaining()));
        }
        return new Box(
                rest.getInt(at + Integer.BYTES),
                rest.slice(at + HEADER_BYTES, size - HEADER_BYTES));
    }

    /** The boxes inside, which start {@code offset} bytes into the payload. */
    List<Box> children(int offset) {
        if (offset > payload.limit()) {
            throw new IllegalArgumentException(
                    "box %s of %d bytes is too short".formatted(name(), payload.limit()));
        }
        return parseAll(payload.slice(offset, payload.limit() - offset));
    }

    /**
     * The first box inside that has this type.
     *
     * @throws IllegalArgumentException if there is none
     */
    Box child(int childType) {
        return children(0).stream()
                .filter(b -> b.type == childType)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "box %s has no %s".formatted(name(), name(childType))));
    }

    Box child(String name) {
        return child(type(name));
    }

    String name() {
        return name(type);
    }

    private static String name(int type) {
        byte[] letters = ByteBuffer.allocate(Integer.BYTES).putInt(type).array();
        return new String(letters, StandardCharsets.ISO_8859_1);
    }
}
