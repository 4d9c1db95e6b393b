package io.gapless.system.frames;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a simulated camera planted in a frame, read by what its documentation says of it.
 *
 * @param counter frames in the order they were sent
 * @param captureMicros microseconds since 1970 by the camera's true clock
 */
public record Mark(String camera, long counter, long captureMicros) {
    private static final String UUID = "gapless-frame-v1";

    static Optional<Mark> in(byte[] accessUnit) {
        byte[] plain = withoutEmulationPrevention(accessUnit);
        int at = new String(plain, ISO_8859_1).indexOf(UUID);
        if (at < 0) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(plain).position(at + UUID.length());
        byte[] name = new byte[in.get()];
        in.get(name);
        return Optional.of(new Mark(new String(name, US_ASCII), in.getLong(), in.getLong()));
    }

    private static byte[] withoutEmulationPrevention(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
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
