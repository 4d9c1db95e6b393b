package io.gapless.archive.read;

import io.gapless.media.VideoCodec;
import io.gapless.media.testing.Clip;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Counters planted in coded pictures, in an SEI message of their own (H.264 and H.265 annex D,
 * user_data_unregistered) or a metadata OBU (AV1, 5.8.2), by which they are known again wherever
 * they turn up.
 */
final class Marks {
    static final String TEXT = "gapless-counter!";

    private static final byte[] H264_SEI = {0x06};
    private static final byte[] H265_PREFIX_SEI = {39 << 1, 1};
    private static final byte SEQUENCE_HEADER = 0x0A;
    private static final byte METADATA_OBU = 0x2A;

    /** METADATA_TYPE_ITUT_T35, of the United Kingdom. */
    private static final byte[] METADATA_HEADER = {4, (byte) 0xB4};

    private static final byte USER_DATA_UNREGISTERED = 5;
    private static final byte STOP_BIT = (byte) 0x80;
    private static final int DIGITS = 8;

    private Marks() {}

    /** The clip with its pictures counted in decoding order from {@code first} on. */
    static Clip mark(Clip clip, int first) {
        List<Clip.Picture> marked = new ArrayList<>();
        for (Clip.Picture picture : clip.pictures()) {
            byte[] data = mark(clip.codec(), first + marked.size(), picture.data());
            marked.add(new Clip.Picture(picture.presentation90k(), picture.key(), data));
        }
        return new Clip(
                clip.codec(),
                clip.width(),
                clip.height(),
                clip.decoderConfigurationRecord(),
                clip.parameterSets(),
                marked);
    }

    private static byte[] mark(VideoCodec codec, int counter, byte[] coded) {
        if (codec == VideoCodec.AV1) {
            return markTemporalUnit(counter, coded);
        }
        byte[] header = codec == VideoCodec.H265 ? H265_PREFIX_SEI : H264_SEI;
        // In digits, since a run of zero bytes would need emulation prevention.
        byte[] payload = (TEXT + "%08d".formatted(counter)).getBytes(StandardCharsets.US_ASCII);
        int length = header.length + 2 + payload.length + 1;
        ByteBuffer unit = ByteBuffer.allocate(Integer.BYTES + length + coded.length);
        unit.putInt(length).put(header).put(USER_DATA_UNREGISTERED).put((byte) payload.length);
        return unit.put(payload).put(STOP_BIT).put(coded).array();
    }

    /** Behind the sequence header, if there is one. */
    private static byte[] markTemporalUnit(int counter, byte[] coded) {
        byte[] payload = (TEXT + "%08d".formatted(counter)).getBytes(StandardCharsets.US_ASCII);
        int size = METADATA_HEADER.length + payload.length + 1;
        int at = coded[0] == SEQUENCE_HEADER ? 2 + coded[1] : 0;
        ByteBuffer unit = ByteBuffer.allocate(2 + size + coded.length);
        unit.put(coded, 0, at).put(METADATA_OBU).put((byte) size).put(METADATA_HEADER);
        unit.put(payload).put(STOP_BIT).put(coded, at, coded.length - at);
        return unit.array();
    }

    /** The counter in a coded picture, found without knowing any structure. */
    static OptionalInt counter(byte[] picture) {
        String text = new String(picture, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(TEXT);
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(number(text, at + TEXT.length()));
    }

    private static int number(String text, int at) {
        return Integer.parseInt(text.substring(at, at + DIGITS));
    }

    /** Position of a byte of the picture that follows the last mark before {@code end}. */
    static int pictureByteBefore(byte[] recording, int end) {
        String text = new String(recording, 0, end, StandardCharsets.ISO_8859_1);
        return text.lastIndexOf(TEXT) + TEXT.length() + DIGITS + 1 + Integer.BYTES + 3;
    }
}
