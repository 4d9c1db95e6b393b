package io.gapless.rtp;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;

/**
 * Puts UDP packets back into the order of their sequence numbers and drops repeated ones. A packet
 * that comes in order passes through uncopied; one that comes early waits in one of 64 slots until
 * the missing ones came, or until they must be taken for lost: after 64 packets or a quarter of a
 * second.
 *
 * <p>Owned by the session's event loop.
 */
public final class ReorderBuffer {
    /** Takes packets in order. */
    @FunctionalInterface
    public interface Output {
        /**
         * @param packet valid until the method returns
         */
        void onPacket(ByteBuffer packet, long arrivalNanos);
    }

    private static final int SLOTS = 64;
    private static final long PATIENCE_NANOS = 250_000_000L;

    private final Output output;
    private final ByteBuffer[] slots = new ByteBuffer[SLOTS];
    private final boolean[] full = new boolean[SLOTS];
    private final long[] arrivals = new long[SLOTS];
    private boolean started;
    private int next;
    private int waiting;
    private long waitingSince;

    public ReorderBuffer(Output output) {
        this.output = requireNonNull(output, "output is null");
    }

    /**
     * @param sequence 0 to 65535
     * @param packet copied if it has to wait
     */
    public void push(int sequence, ByteBuffer packet, long arrivalNanos) {
        if (!started) {
            started = true;
            next = sequence;
        }
        int ahead = (short) (sequence - next);
        if (ahead < -SLOTS || ahead >= SLOTS) {
            // The camera went on elsewhere, or far more is lost than could come late.
            flush();
            next = sequence;
            ahead = 0;
        }
        if (ahead < 0) {
            return;
        }
        if (ahead == 0) {
            deliver(packet, arrivalNanos);
            deliverFollowing();
        } else {
            store(sequence, packet, arrivalNanos);
        }
        if (waiting > 0 && arrivalNanos - waitingSince > PATIENCE_NANOS) {
            skipGap();
        }
    }

    /** Delivers everything that waits, gaps or not. */
    public void flush() {
        while (waiting > 0) {
            skipGap();
        }
    }

    private void deliver(ByteBuffer packet, long arrivalNanos) {
        next = (next + 1) & 0xFFFF;
        output.onPacket(packet, arrivalNanos);
    }

    private void deliverFollowing() {
        int slot = next % SLOTS;
        while (full[slot]) {
            full[slot] = false;
            waiting--;
            waitingSince = arrivals[slot];
            deliver(slots[slot], arrivals[slot]);
            slot = next % SLOTS;
        }
    }

    private void skipGap() {
        while (!full[next % SLOTS]) {
            next = (next + 1) & 0xFFFF;
        }
        deliverFollowing();
    }

    private void store(int sequence, ByteBuffer packet, long arrivalNanos) {
        int slot = sequence % SLOTS;
        if (full[slot]) {
            return;
        }
        if (slots[slot] == null || slots[slot].capacity() < packet.remaining()) {
            slots[slot] = ByteBuffer.allocateDirect(Math.max(2048, packet.remaining()));
        }
        slots[slot].clear().put(packet.duplicate()).flip();
        full[slot] = true;
        arrivals[slot] = arrivalNanos;
        if (waiting++ == 0) {
            waitingSince = arrivalNanos;
        }
    }
}
