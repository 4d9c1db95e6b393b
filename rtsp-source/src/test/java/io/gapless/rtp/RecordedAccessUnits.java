package io.gapless.rtp;

import io.gapless.media.VideoConfiguration;
import io.gapless.media.codec.AccessUnitKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes down access units, one line each. */
public final class RecordedAccessUnits implements AccessUnitSink {
    public final List<String> lines = new ArrayList<>();
    private StringBuilder unit = new StringBuilder();

    @Override
    public void beginNalUnit() {
        unit.append(' ');
    }

    @Override
    public void beginPicture() {
        unit.append(" picture ");
    }

    @Override
    public void beginObu(ByteBuffer header) {
        unit.append(' ');
        append(header);
        unit.append(':');
    }

    @Override
    public void append(ByteBuffer piece) {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        unit.append(HexFormat.of().formatHex(bytes));
    }

    @Override
    public void endNalUnit(boolean vcl) {
        unit.append(vcl ? "*" : "");
    }

    @Override
    public void endAccessUnit(int rtpTimestamp, long arrivalNanos, AccessUnitKind kind) {
        lines.add(rtpTimestamp + " " + kind + unit);
        unit = new StringBuilder();
    }

    @Override
    public void accessUnitLost() {
        lines.add("unit lost");
        unit = new StringBuilder();
    }

    @Override
    public void packetsLost() {
        lines.add("packets lost");
    }

    @Override
    public void configured(VideoConfiguration configuration) {
        lines.add("configured");
    }

    @Override
    public void unusableParameterSets(String reason) {
        lines.add("unusable");
    }
}
