package io.gapless.source;

import static java.util.Objects.requireNonNull;

import io.gapless.media.Origin;
import java.io.Serializable;
import java.time.Duration;

/**
 * How the source records.
 *
 * @param catalogue path of the catalogue file, readable on the JobManager and all TaskManagers
 * @param catalogueInterval how often it is looked at; more than 0
 * @param shard which of its cameras to record
 * @param maxParallelism of the job: the number of key groups
 * @param mediaMemoryBytes off-heap memory for video that the subtasks of one TaskManager share
 * @param queueBytes how much video may wait for a subtask's task thread
 * @param eventLoopThreads of one TaskManager, shared by its subtasks
 * @param closeTimeout how long the end of all sessions may take
 * @param stuckAfter how long an event loop or a task's thread may stand still before the process is
 *     given up
 */
public record RtspSourceOptions(
        String catalogue,
        Duration catalogueInterval,
        Shard shard,
        int maxParallelism,
        long mediaMemoryBytes,
        long queueBytes,
        int eventLoopThreads,
        Duration closeTimeout,
        Duration stuckAfter,
        Origin origin)
        implements Serializable {
    public RtspSourceOptions {
        requireNonNull(catalogue, "catalogue is null");
        requireNonNull(catalogueInterval, "catalogueInterval is null");
        requireNonNull(shard, "shard is null");
        requireNonNull(closeTimeout, "closeTimeout is null");
        requireNonNull(stuckAfter, "stuckAfter is null");
        requireNonNull(origin, "origin is null");
    }
}
