package io.gapless.archive.sink;

import static java.util.Objects.requireNonNull;

import io.gapless.archive.ArchiveWriterOptions;
import io.gapless.archive.hold.HoldLimits;
import io.gapless.archive.hold.SpillOptions;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * Where the sink writes and how. Holds no credentials: Hadoop's come from its login.
 *
 * @param root of the archive, any Hadoop file system that can {@code hflush}
 * @param hadoop settings that win over the configuration files on the class path
 * @param limits of the memory for video, which all subtasks of a process share
 * @param spill of a process, for what goes beyond
 * @param closeTimeout how long a stopping task may take to finish its recordings; what is not
 *     finished by then is recovered by the next writer
 */
public record ArchiveSinkSettings(
        URI root,
        Map<String, String> hadoop,
        ArchiveWriterOptions options,
        HoldLimits limits,
        SpillOptions spill,
        Duration closeTimeout)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public ArchiveSinkSettings {
        requireNonNull(root, "root is null");
        requireNonNull(options, "options is null");
        requireNonNull(limits, "limits is null");
        requireNonNull(spill, "spill is null");
        requireNonNull(closeTimeout, "closeTimeout is null");
        hadoop = Map.copyOf(hadoop);
    }

    /** What the class path says, with {@link #hadoop} on top. */
    public Configuration hadoopConfiguration() {
        Configuration configuration = new Configuration();
        hadoop.forEach(configuration::set);
        return configuration;
    }
}
