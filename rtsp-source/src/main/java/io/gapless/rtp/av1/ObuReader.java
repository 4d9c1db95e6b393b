package io.gapless.rtp.av1;

import static java.util.Objects.requireNonNull;

import io.gapless.rtp.PayloadSink;
import java.nio.ByteBuffer;

/** Tells the beginning of each OBU from what follows, wherever packets tear it apart. */
public final class ObuReader implements PayloadSink {
    private final TemporalUnits units;
    private final ObuHead head = new ObuHead();
    private boolean inHead;
    private long bodyBytes;

    public ObuReader(TemporalUnits units) {
        this.units = requireNonNull(units, "units is null");
    }

    @Override
    public void begin() {
        if (inHead && !head.isEmpty()) {
            units.broken();
        }
        head.begin();
        inHead = true;
        bodyBytes = 0;
    }

    @Override
    public void append(ByteBuffer piece) {
        if (inHead && head.read(piece)) {
            inHead = false;
            if (head.isValid()) {
                units.begin(head.type(), head.header());
            } else {
                units.broken();
            }
        }
        if (piece.hasRemaining()) {
            bodyBytes += piece.remaining();
            if (bodyBytes > head.mostBytes()) {
                units.broken();
            }
            units.append(piece);
        }
    }

    @Override
    public void end() {
        boolean empty = inHead && head.isEmpty();
        boolean whole = !inHead && head.endsAfter(bodyBytes);
        inHead = false;
        if (whole) {
            units.end();
        } else if (!empty) {
            units.broken();
        }
    }

    @Override
    public void broken() {
        inHead = false;
        units.broken();
    }
}
