package io.gapless.media.fmp4;

import io.gapless.media.Interruption;
import java.nio.ByteBuffer;

/** The box between fragments that says why a run ended: docs/archive-format.md, "Run end". */
public final class RunEndBox {
    static final int VERSION = 1;

    /** Larger than any of ours; what claims to be larger is none. */
    static final int MAX_BYTES = 64 * 1024;

    private RunEndBox() {}

    /**
     * The whole box, from position 0 to the limit of a heap buffer. The detail is cut at 1,024
     * bytes of UTF-8.
     */
    public static ByteBuffer encode(Interruption interruption) {
        BoxWriter out = new BoxWriter(256);
        out.begin(BoxIds.RUN_END, VERSION);
        FragmentRecord.writeCamera(out, interruption.camera());
        out.zeros(3);
        InterruptionRecord.write(out, interruption);
        return out.end().finish();
    }

    /**
     * @param box the whole box from its first byte
     * @throws IllegalArgumentException if the values cannot be those of a run end
     * @throws java.nio.BufferUnderflowException if bytes are missing
     */
    static Interruption read(ByteBuffer box) {
        ByteBuffer rest = box.slice().position(OwnBox.BYTES);
        var camera = FragmentRecord.readCamera(rest);
        rest.position(rest.position() + 3);
        return InterruptionRecord.read(rest, camera);
    }
}
