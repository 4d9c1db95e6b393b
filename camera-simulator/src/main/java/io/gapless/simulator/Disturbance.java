package io.gapless.simulator;

import io.gapless.simulator.rtp.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What faults do to a track's packets. Owned by the session's event loop. */
final class Disturbance {
    private static final int MAX_GARBAGE_BYTES = 300;

    private final ActiveFaults faults;
    private final RandomGenerator random;

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
        Optional<Fault.PacketLoss> loss = faults.current(Fault.PacketLoss.class);
        return loss.isEmpty() ? packets : thin(packets, loss.get().percent());
    }

    private ByteBuf thin(ByteBuf packets, int percent) {
        ByteBuf kept = packets.alloc().buffer(packets.readableBytes());
        while (packets.isReadable()) {
            int size = Packets.sizeAt(packets, packets.readerIndex());
            if (random.nextInt(100) < percent) {
                packets.skipBytes(size);
            } else {
                kept.writeBytes(packets, size);
            }
        }
        packets.release();
        return kept;
    }
}
