package io.gapless.rtp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.VideoCodec;
import io.gapless.media.codec.NalUnits;
import java.nio.ByteBuffer;

/**
 * Makes proper NAL units of what cameras put into packets: splits at start codes (V380 and
 * macro-video cameras send several NAL units in Annex B form as one; Amatek recorders several in
 * one fragmentation unit) and drops trailing zeros, which belong to no NAL unit (ITU-T H.264 B.1).
 *
 * <p>Looking for start codes in every byte would cost as much as all else here. So slices are only
 * searched in the first {@value #PROBATION_NAL_UNITS} NAL units, and for ever once one was found to
 * hold a start code; everything else is always searched.
 */
public final class AnnexBSplitter implements PayloadSink {
    private static final int PROBATION_NAL_UNITS = 500;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(64).asReadOnlyBuffer();

    private final VideoCodec codec;
    private final NalUnitSink sink;
    private final int headerBytes;
    private final ByteBuffer zeros = ZEROS.duplicate();

    /** The header of the NAL unit and the byte after it, until there are that many. */
    private final ByteBuffer beginning;

    private boolean begun;
    private boolean searching;
    private boolean startCodesSeen;
    private int nalUnits;

    /** Zeros at the end of what came, which may be part of a start code, or trail. */
    private int heldZeros;

    public AnnexBSplitter(VideoCodec codec, NalUnitSink sink) {
        this.codec = requireNonNull(codec, "codec is null");
        this.sink = requireNonNull(sink, "sink is null");
        this.headerBytes = codec == VideoCodec.H264 ? 1 : 2;
        this.beginning = ByteBuffer.allocateDirect(headerBytes + 1);
    }

    @Override
    public void begin() {
        beginning.clear();
        begun = false;
        searching = true;
        heldZeros = 0;
        nalUnits = Math.min(nalUnits + 1, PROBATION_NAL_UNITS + 1);
    }

    @Override
    public void append(ByteBuffer piece) {
        if (searching) {
            search(piece);
        } else {
            passWithoutTrailingZeros(piece, piece.position(), piece.limit());
        }
        piece.position(piece.limit());
    }

    private void search(ByteBuffer piece) {
        int from = piece.position();
        int zerosBefore = heldZeros;
        for (int i = from; i < piece.limit(); i++) {
            int b = piece.get(i);
            if (b == 1 && zerosBefore >= 2) {
                passWithoutTrailingZeros(piece, from, i);
                end();
                begin();
                startCodesSeen = true;
                from = i + 1;
            }
            zerosBefore = b == 0 ? zerosBefore + 1 : 0;
        }
        passWithoutTrailingZeros(piece, from, piece.limit());
    }

    private void passWithoutTrailingZeros(ByteBuffer piece, int from, int to) {
        int end = to;
        while (end > from && piece.get(end - 1) == 0) {
            end--;
        }
        if (end > from) {
            passHeldZeros();
            pass(piece, from, end);
        }
        heldZeros += to - end;
    }

    private void passHeldZeros() {
        while (heldZeros > 0) {
            int count = Math.min(heldZeros, zeros.capacity());
            pass(zeros, 0, count);
            heldZeros -= count;
        }
    }

    private void pass(ByteBuffer bytes, int from, int to) {
        int limit = bytes.limit();
        bytes.limit(to).position(from);
        while (!begun && bytes.hasRemaining()) {
            beginning.put(bytes.get());
            if (!beginning.hasRemaining()) {
                beginNalUnit();
            }
        }
        if (bytes.hasRemaining()) {
            sink.append(bytes);
        }
        bytes.limit(limit);
    }

    private void beginNalUnit() {
        beginning.flip();
        int first = beginning.get(0) & 0xFF;
        begun = true;
        searching =
                startCodesSeen || nalUnits <= PROBATION_NAL_UNITS || !NalUnits.isVcl(codec, first);
        boolean payload = beginning.limit() > headerBytes;
        sink.begin(first, payload ? beginning.get(headerBytes) & 0xFF : 0);
        sink.append(beginning);
    }

    @Override
    public void end() {
        heldZeros = 0;
        if (!begun && beginning.position() >= headerBytes) {
            beginNalUnit();
        }
        if (begun) {
            begun = false;
            sink.end();
        }
    }

    @Override
    public void broken() {
        begun = false;
        heldZeros = 0;
        sink.broken();
    }
}
