package io.gapless.media.fmp4;

import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes that describe an interruption, the same in a run-end box and in the index:
 * docs/archive-format.md, "Interruption record".
 */
final class InterruptionRecord {
    private static final int MAX_DETAIL_BYTES = 1024;

    private InterruptionRecord() {}

    static void write(BoxWriter out, Interruption interruption) {
        byte[] detail = detail(interruption.detail());
        out.int64(interruption.at().ticks90k()).int8(interruption.cause().code()).int8(0);
        out.int16(detail.length).bytes(detail);
    }

    /** In UTF-8, cut between characters if it is too long. */
    private static byte[] detail(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String shorter = text;
        while (bytes.length > MAX_DETAIL_BYTES) {
            int characters = Math.min(shorter.length() - 1, MAX_DETAIL_BYTES);
            boolean splits = Character.isHighSurrogate(shorter.charAt(characters - 1));
            shorter = shorter.substring(0, splits ? characters - 1 : characters);
            bytes = shorter.getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }

    /**
     * @throws IllegalArgumentException if the values cannot be those of an interruption
     * @throws java.nio.BufferUnderflowException if bytes are missing
     */
    static Interruption read(ByteBuffer bytes, CameraId camera) {
        MediaTime at = new MediaTime(bytes.getLong());
        GapCause cause = GapCause.ofCode(Byte.toUnsignedInt(bytes.get()));
        bytes.get();
        int length = Short.toUnsignedInt(bytes.getShort());
        if (length > bytes.remaining()) {
            throw new IllegalArgumentException("a sentence of %d bytes".formatted(length));
        }
        byte[] detail = new byte[length];
        bytes.get(detail);
        return new Interruption(camera, at, cause, new String(detail, StandardCharsets.UTF_8));
    }
}
