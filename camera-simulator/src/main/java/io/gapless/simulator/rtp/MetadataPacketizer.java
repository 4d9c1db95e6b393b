package io.gapless.simulator.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Lays XML documents out as RTP packets: in pieces, of which the last has the marker. */
public final class MetadataPacketizer {
    /** A dynamic one. */
    public static final int PAYLOAD_TYPE = 107;

    private static final int MAX_PAYLOAD_BYTES = 1400;

    private MetadataPacketizer() {}

    public static PacketizedFrame packetize(byte[] document) {
        ByteBuf out = Unpooled.buffer(document.length + document.length / 50 + 40);
        for (int at = 0; at < document.length; at += MAX_PAYLOAD_BYTES) {
            int bytes = Math.min(MAX_PAYLOAD_BYTES, document.length - at);
            Packets.header(out, PAYLOAD_TYPE, bytes, at + bytes == document.length);
            out.writeBytes(document, at, bytes);
        }
        return new PacketizedFrame(out, 0);
    }
}
