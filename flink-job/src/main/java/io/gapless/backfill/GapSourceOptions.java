package io.gapless.backfill;

import static java.util.Objects.requireNonNull;

import io.gapless.media.Origin;
import io.gapless.source.RtspSourceOptions;
import io.gapless.source.Shard;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the source of fills needs to know. Holds no secrets.
 *
 * @param catalogue path of the catalogue file, readable on the JobManager
 * @param catalogueInterval how often it is looked at; more than 0
 * @param shard of whose cameras to fill the gaps
 * @param maxParallelism of the job: the number of key groups
 * @param archive root of the archive
 * @param hadoop settings of the Hadoop client, added to what its own files say
 * @param rings to ask
 * @param closeTimeout how long the end of all threads may take
 */
public record GapSourceOptions(
        String catalogue,
        Duration catalogueInterval,
        Shard shard,
        int maxParallelism,
        URI archive,
        Map<String, String> hadoop,
        List<RingEndpoint> rings,
        BackfillLimits limits,
        Duration closeTimeout)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public GapSourceOptions {
        requireNonNull(catalogue, "catalogue is null");
        requireNonNull(catalogueInterval, "catalogueInterval is null");
        requireNonNull(shard, "shard is null");
        requireNonNull(archive, "archive is null");
        hadoop = Map.copyOf(hadoop);
        rings = List.copyOf(rings);
        requireNonNull(limits, "limits is null");
        requireNonNull(closeTimeout, "closeTimeout is null");
    }

    /** For the enumerator, which reads the catalogue and knows nothing of recording. */
    RtspSourceOptions cameras() {
        return new RtspSourceOptions(
                catalogue,
                catalogueInterval,
                shard,
                maxParallelism,
                limits.memoryBytes(),
                limits.memoryBytes(),
                1,
                closeTimeout,
                // Cameras are what it is about; here nobody records any.
                Duration.ZERO,
                Origin.REPLICA);
    }
}
