package io.gapless.job.embedded;

import io.gapless.job.RecorderConfiguration;
import io.gapless.job.RecorderJob;
import io.gapless.job.Role;
import io.gapless.source.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The primary job on a Flink of its own in this process, with its web UI. It goes on from the
 * newest checkpoint or savepoint that can be restored; without any it starts anew, because the
 * archive is the truth and Flink's state only saves work.
 */
final class EmbeddedPrimary {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPrimary.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    /** Default 10 s, which is slow for somebody who watches. */
    private static final Duration LIVE_TABLE_INTERVAL = Duration.ofSeconds(1);

    private EmbeddedPrimary() {}

    /** Records until the parent ends; throws if the job cannot run. */
    static void record(DataDirectory data, int webPort) throws Exception {
        RecorderConfiguration recorder = RecorderConfiguration.read(data.recorderConfiguration());
        List<Optional<Path>> starts = new ArrayList<>();
        restorePoints(data.primary()).forEach(point -> starts.add(Optional.of(point)));
        starts.add(Optional.empty());
        for (Optional<Path> start : starts) {
            LOG.info("The primary starts {}", start.map(p -> "from " + p).orElse("without state"));
            JobClient job = submit(data, webPort, recorder, start);
            if (isRunning(job)) {
                ParentWatch.start(() -> stop(data, job));
                job.getJobExecutionResult().get();
                return;
            }
            LOG.warn(
                    "The primary could not start {}", start.map(p -> "from " + p).orElse("at all"));
        }
        throw new IllegalStateException("the recording job does not run");
    }

    private static JobClient submit(
            DataDirectory data, int webPort, RecorderConfiguration recorder, Optional<Path> start)
            throws Exception {
        Configuration flink =
                GlobalConfiguration.loadConfiguration(System.getProperty("gapless.conf"));
        flink.set(RestOptions.PORT, webPort);
        flink.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, LIVE_TABLE_INTERVAL);
        flink.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        flink.set(RestOptions.ADDRESS, "127.0.0.1");
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, data.primary().toUri().toString());
        start.ifPresent(
                point -> flink.set(StateRecoveryOptions.SAVEPOINT_PATH, point.toUri().toString()));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(flink);
        RecorderJob.build(environment, recorder, Role.PRIMARY, Shard.WHOLE);
        return environment.executeAsync(RecorderJob.name(Role.PRIMARY, Shard.WHOLE));
    }

    /** Waits until the job runs or has failed for good. */
    private static boolean isRunning(JobClient job) {
        Poll.until(() -> isSettled(job.getJobStatus().join()));
        return job.getJobStatus().join() == JobStatus.RUNNING;
    }

    private static boolean isSettled(JobStatus status) {
        return status == JobStatus.RUNNING || status.isGloballyTerminalState();
    }

    private static void stop(DataDirectory data, JobClient job) {
        try {
            job.stopWithSavepoint(
                            false, data.primary().toUri().toString(), SavepointFormatType.CANONICAL)
                    .get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            System.exit(0);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            LOG.warn("The primary ends without a savepoint; its last checkpoint stands", e);
            System.exit(1);
        }
    }

    /** Checkpoints ({@code JOB/chk-N}) and savepoints ({@code savepoint-X}), newest first. */
    private static List<Path> restorePoints(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory, 3)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .sorted(Comparator.comparing(EmbeddedPrimary::modified).reversed())
                    .map(Path::getParent)
                    .limit(3)
                    .toList();
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            // Flink deletes old checkpoints while we look.
            return FileTime.fromMillis(0);
        }
    }
}
