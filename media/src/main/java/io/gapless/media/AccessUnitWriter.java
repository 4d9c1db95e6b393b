package io.gapless.media;

import io.gapless.media.codec.Obus;
import io.gapless.media.fmp4.FragmentDigest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Writes one access unit at a time at the end of a run's buffer, each NAL unit behind its length in
 * 4 bytes, and remembers where its VCL NAL units are until it is digested. A picture without NAL
 * units is written as it is, and digested likewise; so is a temporal unit, whose OBUs get their
 * sizes.
 */
final class AccessUnitWriter {
    private static final long NONE = -1;

    private final MediaBuffer data;
    private final int limitBytes;
    private long start;
    private long nalUnit = NONE;

    private Framing framing = Framing.NAL_UNIT;

    /** From the start of the OBU to its size. */
    private int obuHeaderBytes;

    private enum Framing {
        NAL_UNIT,
        OBU,
        NONE
    }

    /** Position after {@code start} and length of each VCL NAL unit, in turn. */
    private int[] vcl = new int[32];

    private int vclNumbers;
    private int vclBytes;

    AccessUnitWriter(MediaBuffer data, int limitBytes) {
        this.data = data;
        this.limitBytes = limitBytes;
    }

    /** A cause, and nothing done, if there is no room. */
    Optional<GapCause> beginNalUnit() {
        long position = data.sizeBytes();
        if (!data.appendInt(0)) {
            return Optional.of(GapCause.RECORDER_OVERLOAD);
        }
        nalUnit = position;
        framing = Framing.NAL_UNIT;
        return Optional.empty();
    }

    /** Begins a picture that has no NAL units, instead of the first of them. */
    void beginPicture() {
        nalUnit = data.sizeBytes();
        framing = Framing.NONE;
    }

    /**
     * A cause, and the rest to be discarded, if there is no room for it or it becomes too large.
     */
    Optional<GapCause> beginObu(ByteBuffer header) {
        long position = data.sizeBytes();
        obuHeaderBytes = header.remaining();
        if (position - start + obuHeaderBytes + Integer.BYTES > limitBytes) {
            return Optional.of(GapCause.CAMERA_PROTOCOL);
        }
        if (!data.append(header) || !data.appendInt(0)) {
            return Optional.of(GapCause.RECORDER_OVERLOAD);
        }
        nalUnit = position;
        framing = Framing.OBU;
        return Optional.empty();
    }

    /** A cause, and nothing done, if there is no room or the access unit becomes too large. */
    Optional<GapCause> append(ByteBuffer bytes) {
        if (nalUnit == NONE) {
            return Optional.empty();
        }
        if (data.sizeBytes() - start + bytes.remaining() > limitBytes) {
            return Optional.of(GapCause.CAMERA_PROTOCOL);
        }
        return data.append(bytes) ? Optional.empty() : Optional.of(GapCause.RECORDER_OVERLOAD);
    }

    void endNalUnit(boolean isVcl) {
        if (nalUnit == NONE) {
            return;
        }
        int position = (int) (nalUnit - start);
        int bytes = (int) (data.sizeBytes() - nalUnit);
        switch (framing) {
            case NAL_UNIT -> endNalUnit(position + Integer.BYTES, bytes - Integer.BYTES, isVcl);
            case OBU -> endObu(position, bytes);
            case NONE -> {
                if (bytes > 0) {
                    remember(position, bytes);
                }
            }
        }
        nalUnit = NONE;
    }

    private void endNalUnit(int position, int length, boolean isVcl) {
        if (length == 0) {
            data.truncate(nalUnit);
            return;
        }
        data.putInt(nalUnit, length);
        if (isVcl) {
            remember(position, length);
        }
    }

    /** All OBUs of a temporal unit are one piece. */
    private void endObu(int position, int bytes) {
        int payloadBytes = bytes - obuHeaderBytes - Integer.BYTES;
        data.putInt(nalUnit + obuHeaderBytes, Obus.sizeIn4Bytes(payloadBytes));
        if (vclNumbers == 0) {
            remember(position, bytes);
        } else {
            vcl[1] += bytes;
            vclBytes += bytes;
        }
    }

    private void remember(int position, int length) {
        if (vclNumbers == vcl.length) {
            vcl = Arrays.copyOf(vcl, 2 * vcl.length);
        }
        vcl[vclNumbers++] = position;
        vcl[vclNumbers++] = length;
        vclBytes += Integer.BYTES + length;
    }

    /** Whether there is anything to show in the access unit. */
    boolean hasPicture() {
        return vclNumbers > 0;
    }

    /** The access unit as it stands; the bytes remain at the end of the buffer. */
    Frame finish(long presentationTicks90k, boolean key, FragmentDigest digest) {
        for (int i = 0; i < vclNumbers; i += 2) {
            if (framing == Framing.NAL_UNIT) {
                digest.nalUnit(data, start + vcl[i], vcl[i + 1]);
            } else {
                digest.bytes(data, start + vcl[i], vcl[i + 1]);
            }
        }
        int size = (int) (data.sizeBytes() - start);
        Frame frame = new Frame(presentationTicks90k, size, vclBytes, key);
        restart();
        return frame;
    }

    /** Forgets the access unit under construction. */
    void discard() {
        data.truncate(start);
        restart();
    }

    /** To be called when bytes before the access unit were cut off. */
    void movedForward(long bytes) {
        start -= bytes;
        if (nalUnit != NONE) {
            nalUnit -= bytes;
        }
    }

    private void restart() {
        start = data.sizeBytes();
        nalUnit = NONE;
        vclNumbers = 0;
        vclBytes = 0;
    }
}
