package io.gapless.ring.sink;

import static java.util.Objects.requireNonNull;

import io.gapless.ring.RingDirectories;
import io.gapless.ring.RingLimits;
import io.gapless.ring.RingOptions;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where the sink writes, and how much. Bounds are those of a host: its subtasks share them.
 *
 * @param directories on the TaskManager's host, each on a disk of its own
 * @param maxBytes of all directories together
 * @param maxAge of video
 * @param reserveBytes that stay free on each disk
 * @param queueBytes of video that may wait for the disks of a process; at least 16 MiB
 * @param closeTimeout how long a stopping task may take to finish its segments
 */
public record RingSinkSettings(
        List<String> directories,
        long maxBytes,
        Duration maxAge,
        long reserveBytes,
        long queueBytes,
        Duration closeTimeout)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public RingSinkSettings {
        directories = List.copyOf(directories);
        requireNonNull(maxAge, "maxAge is null");
        requireNonNull(closeTimeout, "closeTimeout is null");
        RingOptions.of(new RingLimits(maxBytes, maxAge, reserveBytes), queueBytes); // refuses
    }

    public RingDirectories ringDirectories() {
        return new RingDirectories(directories.stream().map(Path::of).toList());
    }

    public RingOptions ringOptions() {
        return RingOptions.of(new RingLimits(maxBytes, maxAge, reserveBytes), queueBytes);
    }
}
