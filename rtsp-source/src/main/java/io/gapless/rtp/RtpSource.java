package io.gapless.rtp;

/**
 * Watches one sender's packets: which belong to it, which are missing (RFC 3550 appendix A.1, A.3),
 * and how evenly they come (A.8). Packets are expected in order; over UDP a {@link ReorderBuffer}
 * goes before it. Loss is counted over TCP too: cameras drop packets before they send them.
 *
 * <p>Owned by the session's event loop.
 */
public final class RtpSource {
    /** Answer of {@link #accept}: the packet does not belong here, or came before. */
    public static final int DROP = -1;

    /** RFC 3550 A.1: MAX_DROPOUT, MAX_MISORDER. */
    private static final int MAX_DROPOUT = 3000;

    private static final int MAX_MISORDER = 100;

    /** So many packets of another SSRC in a row and the camera has restarted its stream. */
    private static final int STRANGERS_ACCEPTED = 5;

    private final int rateHz;
    private boolean started;
    private int ssrc;
    private int strangers;
    private int cycles;
    private int highest;
    private int badSequence = -1;
    private long firstExtended;
    private long received;
    private long lost;
    private long jitter16;
    private int lastTransit;
    private boolean transitKnown;
    private long expectedAtReport;
    private long receivedAtReport;

    public RtpSource(int rateHz) {
        this.rateHz = rateHz;
    }

    /**
     * @return how many packets are missing before this one, or {@link #DROP}
     */
    public int accept(RtpPacket packet, long arrivalNanos) {
        if (!started || isRestart(packet.ssrc())) {
            int gap = started ? 1 : 0;
            start(packet);
            count(packet, arrivalNanos);
            lost += gap;
            return gap;
        }
        if (packet.ssrc() != ssrc) {
            return DROP;
        }
        strangers = 0;
        int missing = follow(packet.sequence());
        if (missing >= 0) {
            count(packet, arrivalNanos);
        }
        return missing;
    }

    private boolean isRestart(int packetSsrc) {
        return packetSsrc != ssrc && ++strangers >= STRANGERS_ACCEPTED;
    }

    private void start(RtpPacket packet) {
        started = true;
        ssrc = packet.ssrc();
        strangers = 0;
        resynchronise(packet.sequence());
        transitKnown = false;
    }

    private void resynchronise(int sequence) {
        highest = sequence;
        cycles = 0;
        badSequence = -1;
        firstExtended = sequence;
        received = 0;
        expectedAtReport = 0;
        receivedAtReport = 0;
    }

    private int follow(int sequence) {
        int step = (sequence - highest) & 0xFFFF;
        if (step == 0 || step > 0x10000 - MAX_MISORDER) {
            return DROP;
        }
        if (step < MAX_DROPOUT) {
            if (sequence < highest) {
                cycles += 0x10000;
            }
            highest = sequence;
            badSequence = -1;
            lost += step - 1;
            return step - 1;
        }
        return jump(sequence);
    }

    /** A jump is believed when a second packet follows it. */
    private int jump(int sequence) {
        if (sequence != badSequence) {
            badSequence = (sequence + 1) & 0xFFFF;
            return DROP;
        }
        resynchronise(sequence);
        lost++;
        return 1;
    }

    private void count(RtpPacket packet, long arrivalNanos) {
        received++;
        int arrival = (int) (arrivalNanos / 1000 * rateHz / 1_000_000);
        int transit = arrival - packet.timestamp();
        if (transitKnown) {
            long difference = Math.abs((long) (transit - lastTransit));
            jitter16 += difference - ((jitter16 + 8) >> 4);
        }
        lastTransit = transit;
        transitKnown = true;
    }

    public boolean isStarted() {
        return started;
    }

    /** Meaningful once {@link #isStarted}. */
    public int ssrc() {
        return ssrc;
    }

    /** Packets missing since the session began. */
    public long lostPackets() {
        return lost;
    }

    /** For receiver reports: the highest sequence number with its cycles. */
    public int extendedHighest() {
        return cycles + highest;
    }

    /** Interarrival jitter in RTP time units. */
    public int jitter() {
        return (int) (jitter16 >> 4);
    }

    /** Loss since the last call in 1/256; resets the interval. */
    public int fractionLost() {
        long expected = cycles + highest - firstExtended + 1;
        long expectedNow = expected - expectedAtReport;
        long lostNow = expectedNow - (received - receivedAtReport);
        expectedAtReport = expected;
        receivedAtReport = received;
        return expectedNow <= 0 || lostNow <= 0 ? 0 : (int) ((lostNow << 8) / expectedNow) & 0xFF;
    }
}
