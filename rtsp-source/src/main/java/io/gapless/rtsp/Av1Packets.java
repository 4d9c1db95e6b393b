package io.gapless.rtsp;

import io.gapless.rtp.AccessUnitSink;
import io.gapless.rtp.RtpPacket;
import io.gapless.rtp.av1.Av1Depacketizer;
import io.gapless.rtp.av1.ObuReader;
import io.gapless.rtp.av1.TemporalUnits;

/** Packets of AV1 on their way to access units, which are its temporal units. */
final class Av1Packets implements Track.Packets {
    private final TemporalUnits temporalUnits;
    private final Av1Depacketizer depacketizer;

    Av1Packets(AccessUnitSink sink) {
        temporalUnits = new TemporalUnits(sink);
        depacketizer = new Av1Depacketizer(new ObuReader(temporalUnits));
    }

    @Override
    public void lost() {
        temporalUnits.packetsLost();
        depacketizer.packetsLost();
    }

    @Override
    public void packet(RtpPacket packet, long arrivalNanos) {
        boolean marker = packet.marker();
        temporalUnits.beginPacket(packet.timestamp(), arrivalNanos);
        depacketizer.packet(packet.payload());
        if (marker) {
            temporalUnits.marker();
        }
    }
}
