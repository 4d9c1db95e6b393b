package io.gapless.rtp;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** RTP packets for tests. */
public final class RtpPackets {
    private RtpPackets() {}

    public static ByteBuffer hex(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /** A packet of payload type 96. */
    public static ByteBuffer packet(int ssrc, int sequence, int timestamp, String payloadHex) {
        ByteBuffer payload = hex(payloadHex);
        return ByteBuffer.allocate(12 + payload.remaining())
                .put((byte) 0x80)
                .put((byte) 96)
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(ssrc)
                .put(payload)
                .flip();
    }
}
