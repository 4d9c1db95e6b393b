package io.gapless.simulator.rtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/** Writes sender reports (RFC 3550 section 6.4.1) with the CNAME they must be accompanied by. */
public final class SenderReport {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final byte[] CNAME = "gapless-camera".getBytes(US_ASCII);
    private static final int SR = 200;
    private static final int SDES = 202;
    private static final int REPORT_BYTES = 28;
    // SSRC, item type and length, the text, and at least one zero, in whole words.
    private static final int CHUNK_BYTES = (4 + 2 + CNAME.length + 1 + 3) / 4 * 4;

    private SenderReport() {}

    /**
     * Appends a report behind the prefix of an interleaved packet.
     *
     * @param wallMicros what the camera believes to be the time, in microseconds since 1970
     * @param timestamp the RTP time of the same moment
     */
    public static void write(ByteBuf out, RtpStream stream, long wallMicros, int timestamp) {
        out.writeByte('$').writeByte(stream.channel() + 1);
        out.writeShort(REPORT_BYTES + 4 + CHUNK_BYTES);
        out.writeByte(0x80).writeByte(SR).writeShort(REPORT_BYTES / 4 - 1).writeInt(stream.ssrc());
        long seconds = Math.floorDiv(wallMicros, 1_000_000L);
        long micros = Math.floorMod(wallMicros, 1_000_000L);
        out.writeInt((int) (seconds + SECONDS_1900_TO_1970));
        out.writeInt((int) ((micros << 32) / 1_000_000L));
        out.writeInt(timestamp);
        out.writeInt((int) stream.packets()).writeInt((int) stream.payloadBytes());
        writeDescription(out, stream.ssrc());
    }

    private static void writeDescription(ByteBuf out, int ssrc) {
        out.writeByte(0x81).writeByte(SDES).writeShort(CHUNK_BYTES / 4).writeInt(ssrc);
        out.writeByte(1).writeByte(CNAME.length).writeBytes(CNAME);
        out.writeZero(CHUNK_BYTES - 6 - CNAME.length);
    }
}
