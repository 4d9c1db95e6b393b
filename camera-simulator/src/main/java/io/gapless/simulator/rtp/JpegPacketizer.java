package io.gapless.simulator.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lays JPEG files out as RTP packets (RFC 2435): quantization tables go with each picture (Q 255),
 * and the size of pictures beyond 2040 pixels in ONVIF's header extension. The end of the image
 * goes with the frame's mark.
 */
final class JpegPacketizer {
    static final int PAYLOAD_TYPE = 26;

    private static final int MAX_PAYLOAD_BYTES = 1400;
    private static final int LARGEST = 255 * 8;
    private static final int TYPE_420 = 1;
    private static final int Q_TABLES_IN_BAND = 255;
    private static final int EXTENSION = 0xFFD8;
    private static final int SOF0 = 0xC0;
    private static final int DQT = 0xDB;
    private static final int SOS = 0xDA;

    private final byte[] file;
    private final List<byte[]> tables = new ArrayList<>();
    private byte[] frame = {};
    private byte[] scan = {};

    private JpegPacketizer(byte[] file) {
        this.file = file;
        parse();
    }

    static PacketizedFrame packetize(byte[] file) {
        return new JpegPacketizer(file).packetize();
    }

    /** Marker segments (ISO 10918-1, B.1.1.4) until the entropy-coded data. */
    private void parse() {
        int at = 2;
        while (scan.length == 0) {
            int marker = file[at + 1] & 0xFF;
            int next = at + 2 + int16(file, at + 2);
            byte[] segment = Arrays.copyOfRange(file, at, next);
            switch (marker) {
                case SOF0 -> frame = segment;
                case DQT -> addTables(segment);
                case SOS -> scan = Arrays.copyOfRange(file, next, file.length - 2);
                default -> {}
            }
            at = next;
        }
    }

    private void addTables(byte[] segment) {
        for (int at = 4; at < segment.length; at += 65) {
            tables.add(Arrays.copyOfRange(segment, at + 1, at + 65));
        }
    }

    private PacketizedFrame packetize() {
        ByteBuf out = Unpooled.buffer(file.length + file.length / 50 + 400);
        int at = 0;
        while (at < scan.length) {
            byte[] extension = at == 0 && isLarge() ? extension() : new byte[0];
            byte[] before = at == 0 ? tables() : new byte[0];
            int room = MAX_PAYLOAD_BYTES - 8 - extension.length - before.length;
            int bytes = Math.min(room, scan.length - at);
            int header = out.writerIndex() + Packets.PREFIX_BYTES;
            Packets.header(out, PAYLOAD_TYPE, extension.length + 8 + before.length + bytes, false);
            if (extension.length > 0) {
                out.setByte(header, out.getByte(header) | 0x10);
            }
            out.writeBytes(extension).writeBytes(mainHeader(at));
            out.writeBytes(before).writeBytes(scan, at, bytes);
            at += bytes;
        }
        return new PacketizedFrame(out, out.writerIndex(), mainHeader(scan.length));
    }

    private int width() {
        return int16(frame, 7);
    }

    private int height() {
        return int16(frame, 5);
    }

    private boolean isLarge() {
        return width() > LARGEST || height() > LARGEST;
    }

    /** Section 3.1. */
    private byte[] mainHeader(int offset) {
        int width = isLarge() ? 0 : (width() + 7) / 8;
        int height = isLarge() ? 0 : (height() + 7) / 8;
        return new byte[] {
            0,
            (byte) (offset >> 16),
            (byte) (offset >> 8),
            (byte) offset,
            TYPE_420,
            (byte) Q_TABLES_IN_BAND,
            (byte) width,
            (byte) height
        };
    }

    /** Section 3.1.8. */
    private byte[] tables() {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(0).writeByte(0).writeShort(64 * tables.size());
        tables.forEach(out::writeBytes);
        return bytes(out);
    }

    /** The start of frame in words of 32 bits, filled up with FF. */
    private byte[] extension() {
        ByteBuf out = Unpooled.buffer();
        int words = (frame.length + 3) / 4;
        out.writeShort(EXTENSION).writeShort(words).writeBytes(frame);
        while (out.readableBytes() < 4 + 4 * words) {
            out.writeByte(0xFF);
        }
        return bytes(out);
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    private static int int16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }
}
