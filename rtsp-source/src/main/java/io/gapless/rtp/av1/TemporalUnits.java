package io.gapless.rtp.av1;

import static java.util.Objects.requireNonNull;

import io.gapless.media.codec.AccessUnitKind;
import io.gapless.media.codec.Obus;
import io.gapless.rtp.AccessUnitSink;
import java.nio.ByteBuffer;

/**
 * Puts OBUs together to temporal units. One ends with the marker or where the time stamp changes
 * (RTP Payload Format For AV1, 4.1), but never before it holds a frame. Delimiters, padding and the
 * like are left out.
 *
 * <p>After a loss nothing doubtful is kept: the temporal unit under construction is given up, and
 * the next one counts only if it begins with a delimiter or a sequence header, or with a frame
 * where temporal units were seen to have one each; else a frame may be the second of its temporal
 * unit, of which the first is never shown.
 *
 * <p>For each packet in order: {@link #packetsLost} if any are missing before it, {@link
 * #beginPacket}, its OBUs by way of an {@link ObuReader}, {@link #marker} if it has one.
 */
public final class TemporalUnits {
    private final AccessUnitSink sink;
    private final Sequence sequence;
    private final FrameHabit habit = new FrameHabit();

    private boolean started;
    private int timestamp;
    private long arrivalNanos;

    /** Whether the temporal unit under construction holds anything, and whether a frame. */
    private boolean open;

    private boolean frame;
    private AccessUnitKind kind = AccessUnitKind.OTHER;

    private boolean lossBefore = true;

    /** Until the temporal unit ends, all of it is dropped. */
    private boolean skipping;

    /** Nothing proves that the temporal unit's beginning is there but the beginning itself. */
    private boolean doubtful;

    private Obu obu = Obu.NONE;

    private enum Obu {
        NONE,
        LEFT_OUT,
        SEQUENCE_HEADER,
        FRAME,
        OTHER
    }

    public TemporalUnits(AccessUnitSink sink) {
        this.sink = requireNonNull(sink, "sink is null");
        this.sequence = new Sequence(sink);
    }

    /** Packets are missing before the next one. */
    public void packetsLost() {
        lossBefore = true;
    }

    public void beginPacket(int packetTimestamp, long packetArrivalNanos) {
        boolean other = !started || packetTimestamp != timestamp;
        if (lossBefore) {
            lossBefore = false;
            afterLoss(other);
        } else if (other) {
            endIfComplete();
        }
        started = true;
        timestamp = packetTimestamp;
        arrivalNanos = packetArrivalNanos;
    }

    private void afterLoss(boolean other) {
        if (open) {
            sink.accessUnitLost();
        } else {
            sink.packetsLost();
        }
        forget();
        doubtful = other;
        skipping = !other;
    }

    /** The last packet carried the marker. */
    public void marker() {
        endIfComplete();
    }

    private void endIfComplete() {
        boolean ended = obu == Obu.NONE;
        if (skipping) {
            forget();
        } else if (frame) {
            forget();
            if (ended) {
                habit.wholeTemporalUnit();
                sink.endAccessUnit(timestamp, arrivalNanos, kind);
            } else {
                sink.accessUnitLost();
            }
        }
    }

    private void forget() {
        open = false;
        frame = false;
        skipping = false;
        doubtful = false;
        obu = Obu.NONE;
        habit.beginTemporalUnit();
        sequence.beginTemporalUnit();
    }

    /** What came of the temporal unit, or is still to come, is of no use. */
    void broken() {
        if (!skipping) {
            sink.accessUnitLost();
            forget();
            skipping = true;
        }
    }

    /** An OBU begins, whatever became of the one before. */
    void begin(int type, ByteBuffer header) {
        Obu next = kindOf(type);
        boolean first = type == Obus.TEMPORAL_DELIMITER || next == Obu.SEQUENCE_HEADER;
        boolean likely = next == Obu.FRAME && habit.isOneFrameEach();
        if (obu != Obu.NONE || (doubtful && !first && !likely)) {
            broken();
        }
        if (skipping) {
            return;
        }
        doubtful &= !first;
        obu = next;
        switch (obu) {
            case SEQUENCE_HEADER -> sequence.begin();
            case FRAME -> habit.frame();
            default -> {}
        }
        if (obu != Obu.LEFT_OUT) {
            open = true;
            sink.beginObu(header);
        }
    }

    private static Obu kindOf(int type) {
        return switch (type) {
            case Obus.SEQUENCE_HEADER -> Obu.SEQUENCE_HEADER;
            case Obus.FRAME, Obus.FRAME_HEADER -> Obu.FRAME;
            default -> Obus.isStored(type) ? Obu.OTHER : Obu.LEFT_OUT;
        };
    }

    /** What remains of {@code piece}, which is not nothing, follows. */
    void append(ByteBuffer piece) {
        switch (obu) {
            case NONE -> broken(); // it goes on with an OBU of the temporal unit before
            case SEQUENCE_HEADER -> sequence.append(piece);
            case FRAME -> beginFrame(piece.get(piece.position()));
            case LEFT_OUT, OTHER -> {}
        }
        if (obu == Obu.NONE || obu == Obu.LEFT_OUT) {
            piece.position(piece.limit());
        } else {
            sink.append(piece);
        }
    }

    /** The first frame of a temporal unit says what the whole is worth. */
    private void beginFrame(int firstByte) {
        if (doubtful && Obus.isShownKeyFrame(firstByte)) {
            broken(); // its sequence header went before it
        } else if (!frame) {
            frame = true;
            kind = sequence.kindOf(firstByte);
        }
        doubtful = false;
    }

    /** The OBU is whole. */
    void end() {
        if (obu == Obu.SEQUENCE_HEADER) {
            sequence.end();
        }
        if (obu != Obu.NONE && obu != Obu.LEFT_OUT) {
            sink.endNalUnit(true);
        }
        obu = Obu.NONE;
    }
}
