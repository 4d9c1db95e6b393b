package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.rtp.EarlySenders;
import io.gapless.rtp.RtpPacket;
import io.gapless.rtp.RtpSource;
import io.gapless.rtp.clock.SenderReportTime;
import io.gapless.rtp.clock.TrackClock;
import io.gapless.rtp.rtcp.ReceiverReport;
import io.gapless.rtp.rtcp.RtcpReader;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One track of a session: which packets belong to it, what is lost, and what its reports say. Owned
 * by the session's event loop.
 */
final class Track implements RtcpReader.Sink {
    /** Takes the track's packets, in order. */
    interface Packets {
        /** Packets are missing before the next one. */
        void lost();

        void packet(RtpPacket packet, long arrivalNanos);
    }

    /** A sender report as received. */
    private record SenderReport(int ssrc, SenderReportTime time, long arrivalNanos) {}

    private final int payloadType;
    private final RtpSource source;
    private final TrackClock clock;
    private final Packets packets;
    private final CameraCounters counters;
    private final EarlySenders early;
    private final boolean alone;
    private final RtpPacket packet = new RtpPacket();
    private Optional<SenderReport> lastReport = Optional.empty();
    private boolean reportTold;
    private long reportArrivalNanos;
    private long lastPacketNanos;
    private boolean ended;

    /**
     * @param rateHz of RTP time stamps
     * @param early senders of media that was not asked for
     * @param alone whether the session has no other track, so that reports of a wrong SSRC can only
     *     mean this one (Tapo)
     */
    Track(
            int payloadType,
            int rateHz,
            TrackClock clock,
            Packets packets,
            CameraCounters counters,
            EarlySenders early,
            boolean alone) {
        this.payloadType = payloadType;
        this.source = new RtpSource(rateHz);
        this.clock = requireNonNull(clock, "clock is null");
        this.packets = requireNonNull(packets, "packets is null");
        this.counters = requireNonNull(counters, "counters is null");
        this.early = requireNonNull(early, "early is null");
        this.alone = alone;
    }

    /** A packet in order, valid until the method returns; anything else is ignored. */
    void rtp(ByteBuffer bytes, long arrivalNanos) {
        CameraCounters.add(counters.receivedBytes, bytes.remaining());
        if (!packet.parse(bytes) || packet.payloadType() != payloadType) {
            return;
        }
        if (early.isDead(packet.ssrc(), source.isStarted(), arrivalNanos)) {
            return;
        }
        int lost = source.accept(packet, arrivalNanos);
        if (lost == RtpSource.DROP) {
            return;
        }
        lastPacketNanos = arrivalNanos;
        if (!reportTold) {
            tellReport();
        }
        if (lost > 0) {
            CameraCounters.add(counters.lostPackets, lost);
            packets.lost();
        }
        packets.packet(packet, arrivalNanos);
    }

    void rtcp(ByteBuffer compound, long arrivalNanos) {
        CameraCounters.add(counters.receivedBytes, compound.remaining());
        reportArrivalNanos = arrivalNanos;
        RtcpReader.read(compound, this);
    }

    @Override
    public void onSenderReport(int ssrc, long ntpTimestamp, int rtpTimestamp) {
        SenderReportTime time = new SenderReportTime(ntpTimestamp, rtpTimestamp);
        lastReport = Optional.of(new SenderReport(ssrc, time, reportArrivalNanos));
        reportTold = false;
        if (source.isStarted()) {
            tellReport();
        }
    }

    /** A report that came before the first packet waits for it, because of the SSRC. */
    private void tellReport() {
        reportTold = true;
        lastReport
                .filter(r -> alone || r.ssrc == source.ssrc())
                .ifPresent(r -> clock.onSenderReport(r.time, r.arrivalNanos));
    }

    @Override
    public void onBye(int ssrc) {
        ended |= source.isStarted() && ssrc == source.ssrc();
    }

    /** Whether the camera said that nothing more comes. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether a packet of this track came. */
    boolean isStarted() {
        return source.isStarted();
    }

    /** When the last packet came, if any did. */
    long lastPacketNanos() {
        return lastPacketNanos;
    }

    /** A report of what was received since the last one; empty if nothing ever was. */
    Optional<ReceiverReport> receiverReport(int reporterSsrc, long nowNanos) {
        if (!source.isStarted()) {
            return Optional.empty();
        }
        Optional<SenderReport> last = lastReport.filter(r -> r.ssrc == source.ssrc());
        return Optional.of(
                new ReceiverReport(
                        reporterSsrc,
                        source.ssrc(),
                        source.fractionLost(),
                        source.lostPackets(),
                        source.extendedHighest(),
                        source.jitter(),
                        last.map(r -> (int) (r.time.ntpTimestamp() >>> 16)).orElse(0),
                        last.map(r -> in65536ths(nowNanos - r.arrivalNanos)).orElse(0)));
    }

    /** Nanoseconds in 1/65536 s. */
    private static int in65536ths(long nanos) {
        return (int) Math.min(Integer.MAX_VALUE, nanos / 1000 * 65_536 / 1_000_000);
    }
}
