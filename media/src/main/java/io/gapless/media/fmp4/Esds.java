package io.gapless.media.fmp4;

import java.nio.ByteBuffer;

/** The {@code esds} box of AAC and of JPEG (ISO 14496-14, 5.6; descriptors: ISO 14496-1, 7.2.6). */
final class Esds {
    private static final int ES_DESCRIPTOR = 3;
    private static final int DECODER_CONFIG = 4;
    private static final int DECODER_SPECIFIC_INFO = 5;
    private static final int SL_CONFIG = 6;
    private static final int SL_CONFIG_MP4 = 2;
    private static final int OBJECT_TYPE_AAC = 0x40;
    private static final int AUDIO_STREAM = 0x15;

    /** "Visual ISO/IEC 10918-1" (ISO 14496-1, table 5), which is complete without more. */
    private static final int OBJECT_TYPE_JPEG = 0x6C;

    private static final int VISUAL_STREAM = 0x11;

    /** Tag and a length in the long form of 4 bytes. */
    private static final int DESCRIPTOR_HEADER = 5;

    private static final int DECODER_CONFIG_FIELDS = 13;

    private Esds() {}

    static void write(BoxWriter out, byte[] audioSpecificConfig) {
        int decoderConfig = DECODER_CONFIG_FIELDS + DESCRIPTOR_HEADER + audioSpecificConfig.length;
        out.begin("esds", 0, 0);
        descriptor(
                out, ES_DESCRIPTOR, 3 + DESCRIPTOR_HEADER + decoderConfig + DESCRIPTOR_HEADER + 1);
        out.int16(0).int8(0);
        descriptor(out, DECODER_CONFIG, decoderConfig);
        out.int8(OBJECT_TYPE_AAC).int8(AUDIO_STREAM).zeros(3).int32(0).int32(0);
        descriptor(out, DECODER_SPECIFIC_INFO, audioSpecificConfig.length);
        out.bytes(audioSpecificConfig);
        descriptor(out, SL_CONFIG, 1);
        out.int8(SL_CONFIG_MP4);
        out.end();
    }

    static void writeJpeg(BoxWriter out) {
        out.begin("esds", 0, 0);
        descriptor(
                out,
                ES_DESCRIPTOR,
                3 + DESCRIPTOR_HEADER + DECODER_CONFIG_FIELDS + DESCRIPTOR_HEADER + 1);
        out.int16(0).int8(0);
        descriptor(out, DECODER_CONFIG, DECODER_CONFIG_FIELDS);
        out.int8(OBJECT_TYPE_JPEG).int8(VISUAL_STREAM).zeros(3).int32(0).int32(0);
        descriptor(out, SL_CONFIG, 1);
        out.int8(SL_CONFIG_MP4);
        out.end();
    }

    /**
     * @throws IllegalArgumentException if it is not the box of JPEG
     */
    static void requireJpeg(ByteBuffer payload) {
        ByteBuffer es = inside(payload, Integer.BYTES, ES_DESCRIPTOR);
        ByteBuffer decoder = inside(es, 3, DECODER_CONFIG);
        if (decoder.limit() == 0 || decoder.get(0) != OBJECT_TYPE_JPEG) {
            throw new IllegalArgumentException("video of box esds is not JPEG");
        }
    }

    private static void descriptor(BoxWriter out, int tag, int length) {
        out.int8(tag);
        for (int shift = 21; shift > 0; shift -= 7) {
            out.int8(0x80 | ((length >> shift) & 0x7F));
        }
        out.int8(length & 0x7F);
    }

    /**
     * @throws IllegalArgumentException if there is none
     */
    static byte[] audioSpecificConfig(ByteBuffer payload) {
        ByteBuffer es = inside(payload, Integer.BYTES, ES_DESCRIPTOR);
        ByteBuffer decoder = inside(es, 3, DECODER_CONFIG);
        ByteBuffer info = inside(decoder, DECODER_CONFIG_FIELDS, DECODER_SPECIFIC_INFO);
        byte[] config = new byte[info.limit()];
        info.get(0, config);
        return config;
    }

    /** The content of the descriptor with {@code tag} that stands {@code offset} bytes in. */
    private static ByteBuffer inside(ByteBuffer bytes, int offset, int tag) {
        int at = offset + 1;
        int length = 0;
        boolean more = true;
        while (more && at < bytes.limit()) {
            more = (bytes.get(at) & 0x80) != 0;
            length = (length << 7) | (bytes.get(at++) & 0x7F);
        }
        if (at > bytes.limit()
                || more
                || bytes.get(offset) != tag
                || length < 0
                || length > bytes.limit() - at) {
            throw new IllegalArgumentException("box esds lacks descriptor " + tag);
        }
        return bytes.slice(at, length);
    }
}
