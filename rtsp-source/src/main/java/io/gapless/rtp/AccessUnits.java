package io.gapless.rtp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.VideoCodec;
import io.gapless.media.codec.AccessUnitKind;
import io.gapless.media.codec.NalUnits;
import java.nio.ByteBuffer;

/**
 * Puts NAL units together to access units. One ends with the marker or where the time stamp changes
 * (FLIR M400 sets no marker), but never before it holds a picture: Tapo TC70 and Reolink Duo 2 set
 * the marker on parameter sets, others stamp these with another time.
 *
 * <p>After a loss nothing doubtful is kept: the access unit under construction is given up, and the
 * next one counts only if it begins with the first slice of a picture or with what goes before one.
 * One that ends within a NAL unit is lost as well. Parameter sets are taken out.
 *
 * <p>For each packet in order: {@link #packetsLost} if any are missing before it, {@link
 * #beginPacket}, its NAL units, {@link #marker} if it has one.
 */
public final class AccessUnits implements NalUnitSink {
    private final VideoCodec codec;
    private final ParameterSets parameterSets;
    private final AccessUnitSink sink;

    private boolean started;
    private int timestamp;
    private long arrivalNanos;

    /** Whether the access unit under construction holds anything, and whether a picture. */
    private boolean open;

    private boolean picture;
    private AccessUnitKind kind = AccessUnitKind.OTHER;

    private boolean lossBefore;

    /** Until the access unit ends, all of it is dropped. */
    private boolean skipping;

    /** Nothing proves that the access unit's beginning is there but the beginning itself. */
    private boolean doubtful;

    private NalKind nal = NalKind.SKIPPED;
    private boolean inNalUnit;

    /** The access unit before ended within the NAL unit; what is still to come of it is lost. */
    private boolean cutOff;

    private enum NalKind {
        SKIPPED,
        PARAMETER_SET,
        PICTURE,
        OTHER
    }

    public AccessUnits(VideoCodec codec, ParameterSets parameterSets, AccessUnitSink sink) {
        this.codec = requireNonNull(codec, "codec is null");
        this.parameterSets = requireNonNull(parameterSets, "parameterSets is null");
        this.sink = requireNonNull(sink, "sink is null");
    }

    /** Packets are missing before the next one. */
    public void packetsLost() {
        lossBefore = true;
        inNalUnit = false;
        cutOff = false;
    }

    public void beginPacket(int packetTimestamp, long packetArrivalNanos) {
        boolean other = !started || packetTimestamp != timestamp;
        if (lossBefore) {
            lossBefore = false;
            afterLoss(other);
        } else if (other) {
            endIfAny();
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
        abandon();
        doubtful = other;
        skipping = !other;
    }

    /** The last packet carried the marker. */
    public void marker() {
        endIfAny();
    }

    private void endIfAny() {
        if (!picture && !skipping) {
            return;
        }
        boolean lost = inNalUnit && (nal == NalKind.PICTURE || nal == NalKind.OTHER);
        boolean whole = picture && !lost;
        abandon();
        cutOff = inNalUnit;
        nal = NalKind.SKIPPED;
        if (whole) {
            sink.endAccessUnit(timestamp, arrivalNanos, kind);
        } else if (lost) {
            sink.accessUnitLost();
        }
    }

    private void abandon() {
        open = false;
        picture = false;
        skipping = false;
        doubtful = false;
    }

    @Override
    public void begin(int firstHeaderByte, int firstPayloadByte) {
        boolean vcl = NalUnits.isVcl(codec, firstHeaderByte);
        inNalUnit = true;
        if (doubtful) {
            doubtful = false;
            if (vcl && firstPayloadByte < 0x80) {
                lose();
            }
        }
        nal = kindOf(firstHeaderByte, vcl);
        switch (nal) {
            case SKIPPED -> {}
            case PARAMETER_SET -> parameterSets.begin();
            case PICTURE -> beginPicture(firstHeaderByte);
            case OTHER -> beginOther();
        }
    }

    private NalKind kindOf(int firstHeaderByte, boolean vcl) {
        if (skipping) {
            return NalKind.SKIPPED;
        }
        if (NalUnits.isParameterSet(codec, firstHeaderByte)) {
            return NalKind.PARAMETER_SET;
        }
        return vcl ? NalKind.PICTURE : NalKind.OTHER;
    }

    private void beginPicture(int firstHeaderByte) {
        if (!picture) {
            picture = true;
            kind = NalUnits.kindOf(codec, firstHeaderByte);
            configure();
        }
        beginOther();
    }

    private void beginOther() {
        open = true;
        sink.beginNalUnit();
    }

    private void configure() {
        if (!parameterSets.isChanged()) {
            return;
        }
        try {
            parameterSets.configuration().ifPresent(sink::configured);
        } catch (IllegalArgumentException e) {
            // VStarcam cameras announce rubbish, and right sets come in band.
            sink.unusableParameterSets(e.getMessage());
        }
    }

    @Override
    public void append(ByteBuffer piece) {
        switch (nal) {
            case SKIPPED -> piece.position(piece.limit());
            case PARAMETER_SET -> parameterSets.append(piece);
            case PICTURE, OTHER -> sink.append(piece);
        }
    }

    @Override
    public void end() {
        switch (nal) {
            case SKIPPED -> {}
            case PARAMETER_SET -> parameterSets.end();
            case PICTURE -> sink.endNalUnit(true);
            case OTHER -> sink.endNalUnit(false);
        }
        left();
    }

    private void left() {
        nal = NalKind.SKIPPED;
        inNalUnit = false;
        cutOff = false;
    }

    @Override
    public void broken() {
        boolean lostBefore = cutOff;
        left();
        if (!skipping && !lostBefore) {
            lose();
        }
    }

    private void lose() {
        sink.accessUnitLost();
        abandon();
        skipping = true;
    }
}
