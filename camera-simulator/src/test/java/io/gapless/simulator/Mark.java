package io.gapless.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A frame's mark as found by a reader that knows nothing but its documentation. */
record Mark(String camera, long counter, long captureMicros) {
    private static final String UUID = "gapless-frame-v1";

    /** Reads the payload of user data, UUID first. */
    static Optional<Mark> inUserData(byte[] payload) {
        if (!new String(payload, 0, 16, US_ASCII).equals(UUID)) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(payload, 16, payload.length - 16);
        byte[] name = new byte[in.get()];
        in.get(name);
        return Optional.of(new Mark(new String(name, US_ASCII), in.getLong(), in.getLong()));
    }

    /** Searches an access unit, or any bytes, for a mark. */
    static Optional<Mark> inAccessUnit(byte[] bytes) {
        byte[] plain = withoutEmulationPrevention(bytes);
        int at = new String(plain, ISO_8859_1).indexOf(UUID);
        if (at < 0) {
            return Optional.empty();
        }
        byte[] payload = new byte[16 + 1 + plain[at + 16] + 16];
        System.arraycopy(plain, at, payload, 0, payload.length);
        return inUserData(payload);
    }

    private static byte[] withoutEmulationPrevention(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int zeros = 0;
        for (byte value : bytes) {
            if (zeros >= 2 && value == 3) {
                zeros = 0;
                continue;
            }
            zeros = value == 0 ? zeros + 1 : 0;
            out.write(value);
        }
        return out.toByteArray();
    }
}
