package io.gapless.backfill;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentAssembler;
import io.gapless.media.FragmentLimits;
import io.gapless.media.GapCause;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoConfiguration;
import io.gapless.media.codec.AccessUnitKind;
import io.gapless.rtp.AccessUnitSink;
import io.gapless.rtp.RtpPacket;
import io.gapless.rtp.av1.Av1Depacketizer;
import io.gapless.rtp.av1.ObuReader;
import io.gapless.rtp.av1.TemporalUnits;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** What a recorder makes of a session's packets of AV1, without its network and its clocks. */
final class Av1Run implements AccessUnitSink {
    private final MediaTime start;
    private final int startTimestamp;
    private final FragmentAssembler assembler;
    private final TemporalUnits units = new TemporalUnits(this);
    private final Av1Depacketizer depacketizer = new Av1Depacketizer(new ObuReader(units));
    private final RtpPacket packet = new RtpPacket();

    /**
     * @param start when the RTP time is {@code startTimestamp}
     */
    Av1Run(
            CameraId camera,
            Origin origin,
            MediaMemory memory,
            MediaTime start,
            int startTimestamp,
            Optional<GapCause> gapBefore,
            Consumer<Fragment> out) {
        this.start = start;
        this.startTimestamp = startTimestamp;
        assembler =
                new FragmentAssembler(
                        camera,
                        RunId.random(),
                        origin,
                        memory,
                        FragmentLimits.DEFAULT,
                        gapBefore,
                        out);
    }

    void packet(byte[] bytes) {
        packet.parse(ByteBuffer.wrap(bytes));
        boolean marker = packet.marker();
        units.beginPacket(packet.timestamp(), 0);
        depacketizer.packet(packet.payload());
        if (marker) {
            units.marker();
        }
    }

    void lost() {
        units.packetsLost();
        depacketizer.packetsLost();
    }

    void end() {
        assembler.end();
    }

    @Override
    public void beginNalUnit() {
        throw new AssertionError("AV1 has none");
    }

    @Override
    public void beginObu(ByteBuffer header) {
        assembler.beginObu(header);
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
        assembler.endAccessUnit(start.plusTicks(rtpTimestamp - startTimestamp), kind);
    }

    @Override
    public void accessUnitLost() {
        assembler.discardAccessUnit(GapCause.PACKET_LOSS);
    }

    @Override
    public void packetsLost() {
        assembler.breakBefore(GapCause.PACKET_LOSS);
    }

    @Override
    public void configured(VideoConfiguration configuration) {
        assembler.configure(new StreamConfiguration(configuration, Optional.empty()));
    }

    @Override
    public void unusableParameterSets(String reason) {
        throw new AssertionError(reason);
    }
}
