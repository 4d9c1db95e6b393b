package io.gapless.rtsp;

import io.gapless.media.VideoConfiguration;
import io.gapless.media.codec.AccessUnitKind;
import io.gapless.rtp.AccessUnitSink;
import java.nio.ByteBuffer;

/** Insists that NAL units begin before they go on or end. */
final class CheckedAccessUnits implements AccessUnitSink {
    private boolean inNalUnit;
    private long bytes;

    long bytes() {
        return bytes;
    }

    @Override
    public void beginNalUnit() {
        inNalUnit = true;
    }

    @Override
    public void beginPicture() {
        inNalUnit = true;
    }

    @Override
    public void beginObu(ByteBuffer header) {
        inNalUnit = true;
        append(header);
    }

    @Override
    public void append(ByteBuffer piece) {
        ProtocolTargets.check(inNalUnit, "goes on with what never began");
        bytes += piece.remaining();
        piece.position(piece.limit());
    }

    @Override
    public void endNalUnit(boolean vcl) {
        ProtocolTargets.check(inNalUnit, "ends what never began");
        inNalUnit = false;
    }

    @Override
    public void endAccessUnit(int rtpTimestamp, long arrivalNanos, AccessUnitKind kind) {}

    @Override
    public void accessUnitLost() {
        inNalUnit = false;
    }

    @Override
    public void packetsLost() {}

    @Override
    public void configured(VideoConfiguration configuration) {
        ProtocolTargets.check(configuration.width() > 0, "a picture without width");
    }

    @Override
    public void unusableParameterSets(String reason) {}
}
