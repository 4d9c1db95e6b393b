package io.gapless.simulator;

/** What can be wrong with a camera for a while. */
public sealed interface Fault {
    /**
     * Closes all connections, and every new one at its first request. The frame counter runs on.
     */
    record Reboot() implements Fault {}

    /** Says nothing, connections stay open. Frames not sent are missing in the sequence numbers. */
    record Freeze() implements Fault {}

    /** Closes all connections; whoever comes back finds its password refused. */
    record RefusePassword() implements Fault {}

    /** Random bytes between the frames (TCP) or in packets of their own (UDP). */
    record Garbage() implements Fault {}

    /** Random bytes instead of replies. */
    record GarbageReplies() implements Fault {}

    /**
     * Packets get lost at random, over TCP too.
     *
     * @param percent 1 to 100
     */
    record PacketLoss(int percent) implements Fault {
        public PacketLoss {
            if (percent < 1 || percent > 100) {
                throw new IllegalArgumentException("a loss must be 1 to 100 percent");
            }
        }
    }

    /** From the next GOP on the picture has another size; the new parameter sets come in band. */
    record Resolution(int width, int height) implements Fault {}

    /** From the next GOP on the RTP time stamps pretend another frame rate. */
    record FrameRateLabel(int framesPerSecond) implements Fault {
        public FrameRateLabel {
            if (framesPerSecond < 1) {
                throw new IllegalArgumentException("a frame rate must be positive");
            }
        }
    }
}
