package io.gapless.simulator.content;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * The mark that every simulated frame carries, so that a reader of any kind can tell which frame of
 * which camera it has in hand: a supplemental enhancement information message of type 5, {@code
 * user_data_unregistered} (ITU-T H.264 and H.265, section D of each), in a NAL unit of its own
 * before the first slice of the picture.
 *
 * <p>The NAL unit, before emulation prevention; integers are unsigned and big-endian:
 *
 * <table>
 * <caption>Layout</caption>
 * <tr><th>bytes</th><th>content</th></tr>
 * <tr><td>1 or 2</td><td>NAL unit header: {@code 06} in H.264, {@code 4E 01} (prefix SEI) in H.265
 * </td></tr>
 * <tr><td>1</td><td>payload type, {@code 05}</td></tr>
 * <tr><td>1</td><td>payload size in bytes, 33 + length of the name</td></tr>
 * <tr><td>16</td><td>UUID: the ASCII characters {@code gapless-frame-v1}, that is {@code
 * 6761706c-6573-732d-6672-616d652d7631}</td></tr>
 * <tr><td>1</td><td>length of the camera's name in bytes, 1 to 64</td></tr>
 * <tr><td>…</td><td>the camera's name in ASCII</td></tr>
 * <tr><td>8</td><td>frame counter: frames in the order they are sent (decoding order), counted
 * from the camera's start, whoever is connected</td></tr>
 * <tr><td>8</td><td>time of capture in microseconds since 1970 (UTC) by the camera's true clock;
 * it follows the order of presentation</td></tr>
 * <tr><td>1</td><td>{@code 80}, end of the raw byte sequence payload</td></tr>
 * </table>
 *
 * <p>As in every NAL unit, a byte {@code 03} follows any two zero bytes that a byte of 0 to 3 would
 * follow (section 7.4.1.1 of H.264, 7.4.2 of H.265): a reader removes it first.
 *
 * <p>A JPEG picture has no such messages that RTP would carry. There, what is in the table from the
 * UUID to the time of capture stands between the entropy-coded data and the end of image, where
 * decoders skip it, with a byte {@code 00} after each {@code FF}.
 *
 * <p>Not thread-safe: keeps its buffer. The owner is one session.
 */
public final class FrameMark {
    private static final byte[] UUID = "gapless-frame-v1".getBytes(US_ASCII);
    private static final byte[] H264_HEADER = {0x06};
    private static final byte[] H265_HEADER = {0x4e, 0x01};
    private static final int COUNTER_AND_TIME_BYTES = 16;

    private static final int JPEG_HEADER_BYTES = 8;

    private final boolean jpeg;
    private final ByteBuffer plain;
    private final byte[] escaped;
    private final int headerBytes;
    private final int counterAt;

    public FrameMark(VideoCodec codec, String camera) {
        byte[] name = camera.getBytes(US_ASCII);
        jpeg = codec == VideoCodec.JPEG;
        plain = ByteBuffer.allocate(4 + UUID.length + 1 + name.length + COUNTER_AND_TIME_BYTES + 1);
        switch (codec) {
            case H264 -> plain.put(H264_HEADER);
            case H265 -> plain.put(H265_HEADER);
            case JPEG -> {}
        }
        headerBytes = plain.position();
        if (!jpeg) {
            int bytes = UUID.length + 1 + name.length + COUNTER_AND_TIME_BYTES;
            plain.put((byte) 5).put((byte) bytes);
        }
        plain.put(UUID).put((byte) name.length).put(name);
        counterAt = plain.position();
        plain.putLong(0).putLong(0);
        if (!jpeg) {
            plain.put((byte) 0x80);
        }
        plain.flip();
        escaped = new byte[plain.limit() * 2 + 2];
    }

    /**
     * The NAL unit for a frame; for JPEG, the end of the file.
     *
     * @return a buffer from 0 to its limit that is valid until the next call
     */
    public ByteBuffer nalUnit(long counter, long captureMicros) {
        plain.putLong(counterAt, counter).putLong(counterAt + Long.BYTES, captureMicros);
        return ByteBuffer.wrap(escaped, 0, jpeg ? stuff() : escape());
    }

    /** Whether a mark's NAL unit stands in a buffer at an index. */
    public static boolean isAt(ByteBuf bytes, int index) {
        return isAt(bytes, index, H264_HEADER)
                || isAt(bytes, index, H265_HEADER)
                || isUuidAt(bytes, index + JPEG_HEADER_BYTES);
    }

    private static boolean isAt(ByteBuf bytes, int index, byte[] header) {
        int uuidAt = index + header.length + 2;
        return isUuidAt(bytes, uuidAt) && bytes.getByte(index) == header[0];
    }

    private static boolean isUuidAt(ByteBuf bytes, int index) {
        return index + UUID.length <= bytes.writerIndex()
                && ByteBufUtil.equals(bytes, index, Unpooled.wrappedBuffer(UUID), 0, UUID.length);
    }

    /** As entropy-coded data, and the end of the image. */
    private int stuff() {
        int length = 0;
        for (int i = 0; i < plain.limit(); i++) {
            escaped[length++] = plain.get(i);
            if (plain.get(i) == (byte) 0xff) {
                escaped[length++] = 0;
            }
        }
        escaped[length++] = (byte) 0xff;
        escaped[length++] = (byte) 0xd9;
        return length;
    }

    private int escape() {
        int length = 0;
        int zeros = 0;
        for (int i = 0; i < plain.limit(); i++) {
            byte value = plain.get(i);
            if (i >= headerBytes && zeros >= 2 && (value & 0xff) <= 3) {
                escaped[length++] = 3;
                zeros = 0;
            }
            escaped[length++] = value;
            zeros = value == 0 ? zeros + 1 : 0;
        }
        return length;
    }
}
