package io.gapless.simulator.rtp;

import io.gapless.simulator.content.AudioFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Lays audio out as RTP packets, one access unit each. */
public final class AudioPacketizer {
    private AudioPacketizer() {}

    /** The payload type: RFC 3551's own for G.711, a dynamic one for all else. */
    public static int payloadType(AudioFormat format) {
        return switch (format) {
            case PCMU -> 0;
            case PCMA -> 8;
            case AAC, G726_16, G726_24, G726_32, G726_40, AAL2_G726_32, NONE -> 97;
        };
    }

    public static PacketizedFrame packetize(AudioFormat format, byte[] unit) {
        ByteBuf out = Unpooled.buffer(unit.length + 20);
        int payloadType = payloadType(format);
        if (format == AudioFormat.AAC) {
            // RFC 3640 section 3.3.6: 16 bits of headers, of which 13 are the size, 3 the index.
            Packets.header(out, payloadType, 4 + unit.length, true);
            out.writeShort(16).writeShort(unit.length << 3);
        } else {
            Packets.header(out, payloadType, unit.length, false);
        }
        out.writeBytes(unit);
        return new PacketizedFrame(out, 0);
    }
}
