package io.gapless.backfill;

import java.io.IOException;

/** A ring did not give what it was asked for. The message names it, without a secret. */
final class RingFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final RingFault fault;

    RingFailure(RingFault fault, String message) {
        super(message);
        this.fault = fault;
    }

    RingFault fault() {
        return fault;
    }
}
