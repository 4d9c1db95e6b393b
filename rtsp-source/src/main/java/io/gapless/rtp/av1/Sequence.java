package io.gapless.rtp.av1;

import io.gapless.media.codec.AccessUnitKind;
import io.gapless.media.codec.Av1Sequence;
import io.gapless.media.codec.Obus;
import io.gapless.rtp.AccessUnitSink;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The coded video sequence, of which each key frame's temporal unit has the header once more (AV1
 * specification, 5.5). One that differs in any bit is a new configuration.
 */
final class Sequence {
    private static final int LARGEST_BYTES = 16 * 1024;

    private final AccessUnitSink sink;
    private final ByteBuffer collected = ByteBuffer.allocate(LARGEST_BYTES);
    private boolean overflown;
    private ByteBuffer current = ByteBuffer.allocate(0);
    private Optional<Av1Sequence> sequence = Optional.empty();

    /** Whether the temporal unit under construction has a header that makes sense. */
    private boolean begins;

    Sequence(AccessUnitSink sink) {
        this.sink = sink;
    }

    void beginTemporalUnit() {
        begins = false;
    }

    void begin() {
        collected.clear();
        overflown = false;
    }

    /** Reads what remains of {@code piece}, whose position is left alone. */
    void append(ByteBuffer piece) {
        overflown |= piece.remaining() > collected.remaining();
        if (!overflown) {
            collected.put(piece.duplicate());
        }
    }

    /** The header is whole. */
    void end() {
        ByteBuffer header = collected.duplicate().flip();
        if (overflown) {
            sequence = Optional.empty();
            current = ByteBuffer.allocate(0);
            sink.unusableParameterSets("the AV1 sequence header is too long");
        } else if (!header.equals(current)) {
            current = ByteBuffer.allocate(header.remaining()).put(header.duplicate()).flip();
            sequence = parse(header);
            sequence.ifPresent(s -> sink.configured(s.configuration()));
        }
        begins = sequence.isPresent();
    }

    private Optional<Av1Sequence> parse(ByteBuffer header) {
        try {
            return Optional.of(Av1Sequence.of(header));
        } catch (IllegalArgumentException e) {
            sink.unusableParameterSets(e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * What a temporal unit is whose first frame's header begins with this byte. A sync sample has
     * the sequence header before its key frame (AV1 in ISO BMFF, 2.4); without it decoding can
     * hardly begin.
     */
    AccessUnitKind kindOf(int firstByte) {
        boolean key =
                sequence.map(Av1Sequence::keyFramesOnly).orElse(false)
                        || Obus.isShownKeyFrame(firstByte);
        return begins && key ? AccessUnitKind.KEY_CLOSED : AccessUnitKind.OTHER;
    }
}
