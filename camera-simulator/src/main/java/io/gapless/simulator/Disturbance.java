package io.gapless.simulator;

import io.gapless.simulator.rtp.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What faults do to a track's packets. Owned by the session's event loop. */
final class Disturbance {
    private static final int MAX_GARBAGE_BYTES = 300;

    private final ActiveFaults faults;
    private final RandomGenerator random;
    private Optional<Loss> loss = Optional.empty();

    /** Which packets get lost. */
    private static final class Loss {
        private final Fault.PacketLoss fault;
        private final RandomGenerator random;
        private int left;

        Loss(Fault.PacketLoss fault, RandomGenerator unseeded) {
            this.fault = fault;
            random =
                    fault.seed().isPresent()
                            ? new SplittableRandom(fault.seed().getAsLong())
                            : unseeded;
        }

        void takeOneMore(boolean really) {
            left = really ? Math.max(left, 1) : left;
        }

        boolean takesNext() {
            // A burst follows so many packets on average that the percentage comes true.
            double kept = fault.burst() * (100 - fault.percent()) / fault.percent();
            if (left == 0 && random.nextDouble() * (kept + 1) < 1) {
                left = fault.burst();
            }
            return left > 0 && left-- > 0;
        }
    }

    Disturbance(ActiveFaults faults, RandomGenerator random) {
        this.faults = faults;
        this.random = random;
    }

    /** Random bytes to send before the next frame, if the camera has that fault. */
    Optional<ByteBuf> garbage() {
        return faults.current(Fault.Garbage.class).map(fault -> randomBytes(random));
    }

    static ByteBuf randomBytes(RandomGenerator random) {
        byte[] bytes = new byte[1 + random.nextInt(MAX_GARBAGE_BYTES)];
        random.nextBytes(bytes);
        return ByteBufAllocator.DEFAULT.buffer(bytes.length).writeBytes(bytes);
    }

    /** The packets without those that get lost; takes the buffer over. */
    ByteBuf thin(ByteBuf packets) {
        Optional<Fault.PacketLoss> fault = faults.current(Fault.PacketLoss.class);
        if (fault.isEmpty()) {
            loss = Optional.empty();
            return packets;
        }
        if (loss.filter(known -> known.fault.equals(fault.get())).isEmpty()) {
            loss = Optional.of(new Loss(fault.get(), random));
        }
        return thin(packets, loss.get());
    }

    private static ByteBuf thin(ByteBuf packets, Loss loss) {
        ByteBuf kept = packets.alloc().buffer(packets.readableBytes());
        while (packets.isReadable()) {
            int size = Packets.sizeAt(packets, packets.readerIndex());
            if (loss.takesNext()) {
                // No picture without its mark, or its receiver would seem to have lost it.
                loss.takeOneMore(Packets.isMarkBeforePicture(packets, packets.readerIndex()));
                packets.skipBytes(size);
            } else {
                kept.writeBytes(packets, size);
            }
        }
        packets.release();
        return kept;
    }
}
