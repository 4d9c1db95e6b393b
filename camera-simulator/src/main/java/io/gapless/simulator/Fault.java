package io.gapless.simulator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.OptionalLong;

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
     * Packets get lost at random, over TCP too. With a frame's mark the beginning of its picture is
     * lost, so that no picture is ever without its mark.
     *
     * @param percent of all packets, more than 0, at most 100
     * @param burst how many in a row are lost each time, at least 1
     * @param seed decides which packets of a track, counted from when the fault began, if given
     */
    record PacketLoss(double percent, int burst, OptionalLong seed) implements Fault {
        public PacketLoss {
            if (!(percent > 0 && percent <= 100) || burst < 1) {
                throw new IllegalArgumentException(
                        "a loss must be more than 0 and at most 100 percent, in bursts of 1 or more");
            }
        }

        /** Single packets, others each time. */
        public PacketLoss(double percent) {
            this(percent, 1, OptionalLong.empty());
        }
    }

    /**
     * The camera's clock is set, for good, however long the fault is said to last. Only sender
     * reports show it.
     *
     * @param by ahead, or back if negative
     */
    record ClockStep(Duration by) implements Fault {
        public ClockStep {
            requireNonNull(by, "by is null");
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
