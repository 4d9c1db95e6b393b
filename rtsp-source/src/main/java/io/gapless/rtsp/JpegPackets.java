package io.gapless.rtsp;

import io.gapless.rtp.AccessUnitSink;
import io.gapless.rtp.RtpPacket;
import io.gapless.rtp.jpeg.JpegDepacketizer;

/** Packets of JPEG pictures on their way to access units. */
final class JpegPackets implements Track.Packets {
    private final JpegDepacketizer depacketizer;

    JpegPackets(AccessUnitSink sink) {
        depacketizer = new JpegDepacketizer(sink);
    }

    @Override
    public void lost() {
        depacketizer.packetsLost();
    }

    @Override
    public void packet(RtpPacket packet, long arrivalNanos) {
        depacketizer.packet(packet, arrivalNanos);
    }
}
