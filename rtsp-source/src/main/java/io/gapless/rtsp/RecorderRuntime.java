package io.gapless.rtsp;

import static java.util.Objects.requireNonNull;

import io.gapless.media.FragmentLimits;
import io.gapless.media.MediaMemory;
import io.gapless.media.Origin;
import io.netty.channel.EventLoopGroup;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What the recorders of one process share.
 *
 * @param eventLoops from {@link EventLoops#create}; each camera lives on one of them
 * @param nanoTicker elapsed time in nanoseconds, as {@link System#nanoTime}
 */
public record RecorderRuntime(
        EventLoopGroup eventLoops,
        MediaMemory memory,
        FragmentLimits limits,
        InstantSource wallClock,
        LongSupplier nanoTicker,
        Origin origin,
        BackOff backOff) {
    public RecorderRuntime {
        requireNonNull(eventLoops, "eventLoops is null");
        requireNonNull(memory, "memory is null");
        requireNonNull(limits, "limits is null");
        requireNonNull(wallClock, "wallClock is null");
        requireNonNull(nanoTicker, "nanoTicker is null");
        requireNonNull(origin, "origin is null");
        requireNonNull(backOff, "backOff is null");
    }
}
