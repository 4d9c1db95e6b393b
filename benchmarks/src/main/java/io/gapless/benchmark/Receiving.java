package io.gapless.benchmark;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentAssembler;
import io.gapless.media.FragmentLimits;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoCodec;
import io.gapless.media.VideoConfiguration;
import io.gapless.media.codec.AccessUnitKind;
import io.gapless.rtp.AccessUnitSink;
import io.gapless.rtp.AccessUnits;
import io.gapless.rtp.AnnexBSplitter;
import io.gapless.rtp.ParameterSets;
import io.gapless.rtp.RtpPacket;
import io.gapless.rtp.RtpSource;
import io.gapless.rtp.VideoDepacketizer;
import io.gapless.rtp.h264.H264Depacketizer;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/** The chain of an event loop, from an RTP packet to a fragment, without network and clock. */
final class Receiving implements AccessUnitSink {
    private static final long PICTURE_TICKS90K =
            MediaTime.TICKS_PER_SECOND / Bitrate.PICTURES_PER_SECOND;

    private final RtpPacket packet = new RtpPacket();
    private final RtpSource source = new RtpSource(90_000);
    private final AccessUnits accessUnits;
    private final VideoDepacketizer depacketizer;
    private final FragmentAssembler assembler;
    private long ticks90k;

    Receiving(MediaMemory memory, Consumer<Fragment> out) {
        ParameterSets sets = new ParameterSets(VideoCodec.H264);
        sets.announce(bytes("67640028acd940780227e5c044000003000400000300c83c60c658"));
        sets.announce(bytes("68ebecb22c"));
        accessUnits = new AccessUnits(VideoCodec.H264, sets, this);
        depacketizer = new H264Depacketizer(new AnnexBSplitter(VideoCodec.H264, accessUnits));
        assembler =
                new FragmentAssembler(
                        new CameraId("camera"),
                        RunId.random(),
                        Origin.PRIMARY,
                        memory,
                        FragmentLimits.DEFAULT,
                        Optional.empty(),
                        out);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    void receive(Picture picture) {
        for (ByteBuffer bytes : picture.packets()) {
            if (packet.parse(bytes) && source.accept(packet, 0) == 0) {
                boolean marker = packet.marker();
                accessUnits.beginPacket(packet.timestamp(), 0);
                depacketizer.packet(packet.payload());
                if (marker) {
                    accessUnits.marker();
                }
            }
        }
    }

    @Override
    public void beginNalUnit() {
        assembler.beginNalUnit();
    }

    @Override
    public void append(ByteBuffer piece) {
        assembler.append(piece);
    }

    @Override
    public void endNalUnit(boolean vcl) {
        assembler.endNalUnit(vcl);
    }

    @Override
    public void endAccessUnit(int rtpTimestamp, long arrivalNanos, AccessUnitKind kind) {
        assembler.endAccessUnit(new MediaTime(ticks90k), kind);
        ticks90k += PICTURE_TICKS90K;
    }

    @Override
    public void accessUnitLost() {
        throw new IllegalStateException("nothing is lost here");
    }

    @Override
    public void packetsLost() {
        throw new IllegalStateException("nothing is lost here");
    }

    @Override
    public void configured(VideoConfiguration configuration) {
        assembler.configure(new StreamConfiguration(configuration, Optional.empty()));
    }

    @Override
    public void unusableParameterSets(String reason) {
        throw new IllegalStateException(reason);
    }
}
