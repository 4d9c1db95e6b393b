package io.gapless.rtsp;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import io.netty.util.concurrent.FastThreadLocal;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Lets an event loop look at its sockets once in {@link #PACE} at most, so that one look serves all
 * cameras that sent meanwhile. To wake up for each frame by itself costs half of what receiving
 * does where cameras are many and small (docs/performance.md). A loop that looked longer ago looks
 * at once.
 *
 * <p>What comes meanwhile waits in the kernel. TCP's senders heed the room there; datagrams that
 * find none are lost, so a loop that has sockets for datagrams is not held up.
 *
 * <p>One event loop's; tasks that others give it wait up to {@link #PACE}, too.
 */
final class PacedSelect implements SelectStrategy {
    /** The most by which a frame's arrival is seen late; at 25 fps a quarter of a frame. */
    static final Duration PACE = Duration.ofMillis(10);

    private static final FastThreadLocal<Integer> DATAGRAM_SOCKETS =
            new FastThreadLocal<>() {
                @Override
                protected Integer initialValue() {
                    return 0;
                }
            };

    private final LongSupplier nanoTicker;
    private final LongConsumer waitNanos;
    private long lookedNanos;

    PacedSelect() {
        this(System::nanoTime, LockSupport::parkNanos);
    }

    PacedSelect(LongSupplier nanoTicker, LongConsumer waitNanos) {
        this.nanoTicker = nanoTicker;
        this.waitNanos = waitNanos;
        this.lookedNanos = nanoTicker.getAsLong() - PACE.toNanos();
    }

    /** This thread's event loop has one more socket for datagrams. */
    static void datagramSocketOpened() {
        DATAGRAM_SOCKETS.set(DATAGRAM_SOCKETS.get() + 1);
    }

    /** And one less. */
    static void datagramSocketClosed() {
        DATAGRAM_SOCKETS.set(DATAGRAM_SOCKETS.get() - 1);
    }

    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        if (hasTasks) {
            return selectNow.get();
        }
        if (DATAGRAM_SOCKETS.get() == 0) {
            long early = lookedNanos + PACE.toNanos() - nanoTicker.getAsLong();
            if (early > 0) {
                waitNanos.accept(early);
            }
            lookedNanos = nanoTicker.getAsLong();
        }
        return SelectStrategy.SELECT;
    }
}
