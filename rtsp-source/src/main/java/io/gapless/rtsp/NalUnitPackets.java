package io.gapless.rtsp;

import io.gapless.media.VideoCodec;
import io.gapless.rtp.AccessUnitSink;
import io.gapless.rtp.AccessUnits;
import io.gapless.rtp.AnnexBSplitter;
import io.gapless.rtp.ParameterSets;
import io.gapless.rtp.RtpPacket;
import io.gapless.rtp.VideoDepacketizer;
import io.gapless.rtp.h264.H264Depacketizer;
import io.gapless.rtp.h265.H265Depacketizer;

/** Packets of pictures made of NAL units, on their way to access units. */
final class NalUnitPackets implements Track.Packets {
    private final AccessUnits accessUnits;
    private final VideoDepacketizer depacketizer;

    NalUnitPackets(VideoCodec codec, ParameterSets parameterSets, AccessUnitSink sink) {
        accessUnits = new AccessUnits(codec, parameterSets, sink);
        AnnexBSplitter splitter = new AnnexBSplitter(codec, accessUnits);
        depacketizer =
                codec == VideoCodec.H264
                        ? new H264Depacketizer(splitter)
                        : new H265Depacketizer(splitter);
    }

    @Override
    public void lost() {
        accessUnits.packetsLost();
        depacketizer.packetsLost();
    }

    @Override
    public void packet(RtpPacket packet, long arrivalNanos) {
        boolean marker = packet.marker();
        accessUnits.beginPacket(packet.timestamp(), arrivalNanos);
        depacketizer.packet(packet.payload());
        if (marker) {
            accessUnits.marker();
        }
    }
}
