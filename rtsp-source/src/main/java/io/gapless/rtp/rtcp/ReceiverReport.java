package io.gapless.rtp.rtcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A receiver report (RFC 3550 section 6.4.2) about one sender.
 *
 * @param fractionLost 0 to 255: lost since the last report in 1/256
 * @param lostPackets since the session began
 * @param lastSenderReport the middle 32 bits of its NTP time stamp, 0 if none came
 * @param delaySinceLast since that report came, in 1/65536 s
 */
public record ReceiverReport(
        int reporterSsrc,
        int senderSsrc,
        int fractionLost,
        long lostPackets,
        int extendedHighestSequence,
        int jitter,
        int lastSenderReport,
        int delaySinceLast) {
    private static final int LARGEST_LOSS = 0x7FFFFF;

    /** The compound packet: this report and the description that has to follow (section 6.1). */
    public ByteBuffer encode(String canonicalName) {
        byte[] name = canonicalName.getBytes(StandardCharsets.US_ASCII);
        // Chunk: SSRC, CNAME item, at least one zero, to a multiple of 4.
        int chunkBytes = (4 + 2 + name.length + 1 + 3) / 4 * 4;
        ByteBuffer out = ByteBuffer.allocate(32 + 4 + chunkBytes);
        out.putInt(0x81C90007).putInt(reporterSsrc).putInt(senderSsrc);
        out.putInt(fractionLost << 24 | (int) Math.min(lostPackets, LARGEST_LOSS));
        out.putInt(extendedHighestSequence).putInt(jitter);
        out.putInt(lastSenderReport).putInt(delaySinceLast);
        out.putInt(0x81CA0000 | chunkBytes / 4).putInt(reporterSsrc);
        out.put((byte) 1).put((byte) name.length).put(name);
        return out.rewind();
    }
}
