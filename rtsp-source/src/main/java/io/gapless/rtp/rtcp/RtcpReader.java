package io.gapless.rtp.rtcp;

import java.nio.ByteBuffer;

/**
 * Reads compound RTCP packets as far as they make sense: Hanwha cameras send good sender reports
 * before malformed descriptions.
 */
public final class RtcpReader {
    /** Hears what a receiver needs to know. */
    public interface Sink {
        /**
         * @param ntpTimestamp as sent: seconds since 1900 and their fraction, 32 bits each
         */
        void onSenderReport(int ssrc, long ntpTimestamp, int rtpTimestamp);

        void onBye(int ssrc);
    }

    private static final int SENDER_REPORT = 200;
    private static final int BYE = 203;
    private static final int SENDER_REPORT_BYTES = 28;

    private RtcpReader() {}

    /**
     * @param compound from position to limit
     */
    public static void read(ByteBuffer compound, Sink sink) {
        int at = compound.position();
        while (compound.limit() - at >= 8 && (compound.get(at) & 0xC0) == 0x80) {
            int length = 4 + 4 * (compound.getShort(at + 2) & 0xFFFF);
            readOne(compound, at, sink);
            at += length;
        }
    }

    private static void readOne(ByteBuffer bytes, int at, Sink sink) {
        int type = bytes.get(at + 1) & 0xFF;
        int ssrc = bytes.getInt(at + 4);
        if (type == SENDER_REPORT && bytes.limit() - at >= SENDER_REPORT_BYTES) {
            sink.onSenderReport(ssrc, bytes.getLong(at + 8), bytes.getInt(at + 16));
        } else if (type == BYE && (bytes.get(at) & 0x1F) > 0) {
            sink.onBye(ssrc);
        }
    }
}
