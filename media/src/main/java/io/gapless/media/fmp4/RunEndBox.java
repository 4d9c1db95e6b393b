package io.gapless.media.fmp4;

import io.gapless.media.Interruption;
import java.nio.ByteBuffer;

/** The box between fragments that says why a run ended: docs/archive-format.md, "Run end". */
@SuppressWarnings("DoNotCallSuggester")
public final class RunEndBox {
    private RunEndBox() {}

    /** The whole box, from position 0 to the limit of a heap buffer. */
    public static ByteBuffer encode(Interruption interruption) {
        throw new UnsupportedOperationException();
    }
}
