package io.gapless.job.embedded;

import io.gapless.job.RecorderConfiguration;
import io.gapless.job.RecorderJob;
import io.gapless.job.Role;
import io.gapless.source.RtspSource;
import io.gapless.source.Shard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recording job on a Flink of its own in this process, with its web UI. It goes on from the
 * newest checkpoint or savepoint that can be restored; without any it starts anew, because the
 * archive is the truth and Flink's state only saves work.
 */
final class EmbeddedRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRecorder.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    /** Cameras are hung up without waiting for them. */
    private static final Duration HANG_UP_PATIENCE = Duration.ofSeconds(3);

    /**
     * Default 10 s, which is slow for somebody who watches. Each time all metrics are collected,
     * which was measured at 10 ms of CPU.
     */
    private static final Duration LIVE_TABLE_INTERVAL = Duration.ofSeconds(3);

    /** System property: whether somebody watches the live table on a terminal. */
    static final String WATCHED = "gapless.terminal.out";

    /** Record and backfill, which share no slot. */
    private static final int PIPELINES = 2;

    private final String name;
    private final Path state;
    private final Role role;
    private final RecorderConfiguration recorder;
    private final int webPort;

    private EmbeddedRecorder(
            String name, Path state, Role role, RecorderConfiguration recorder, int webPort) {
        this.name = name;
        this.state = state;
        this.role = role;
        this.recorder = recorder;
        this.webPort = webPort;
    }

    /** Records until the parent ends; throws if the job cannot run. */
    static void record(DataDirectory data, Member member, int webPort) throws Exception {
        new EmbeddedRecorder(
                        member.name(),
                        Files.createDirectories(data.state(member)),
                        member.job().orElseThrow(),
                        RecorderConfiguration.read(data.configuration(member)),
                        webPort)
                .record();
    }

    private void record() throws Exception {
        List<Optional<Path>> starts = new ArrayList<>();
        RestorePoints.in(state).forEach(point -> starts.add(Optional.of(point)));
        starts.add(Optional.empty());
        for (Optional<Path> start : starts) {
            String whence = start.map(p -> "from " + p).orElse("without state");
            LOG.info("The {} starts {}", name, whence);
            JobClient job = submit(start);
            if (isRunning(job)) {
                ParentWatch.start(() -> stop(job));
                job.getJobExecutionResult().get();
                return;
            }
            LOG.warn("The {} could not start {}", name, whence);
        }
        throw new IllegalStateException("the recording job does not run");
    }

    private JobClient submit(Optional<Path> start) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(flink(start));
        RecorderJob.build(environment, recorder, role, Shard.WHOLE);
        return environment.executeAsync(RecorderJob.name(role, Shard.WHOLE));
    }

    private Configuration flink(Optional<Path> start) {
        Configuration flink =
                GlobalConfiguration.loadConfiguration(System.getProperty("gapless.conf"));
        flink.set(RestOptions.PORT, webPort);
        if (Boolean.getBoolean(WATCHED)) {
            flink.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, LIVE_TABLE_INTERVAL);
        }
        flink.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        flink.set(RestOptions.ADDRESS, "127.0.0.1");
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, state.toUri().toString());
        recorder.parallelism()
                .ifPresent(
                        subtasks ->
                                flink.set(TaskManagerOptions.NUM_TASK_SLOTS, subtasks * PIPELINES));
        start.ifPresent(
                point -> flink.set(StateRecoveryOptions.SAVEPOINT_PATH, point.toUri().toString()));
        // Without replicas there is no backfill, whose state is then nobody's.
        flink.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
        return flink;
    }

    /** Waits until the job runs or has failed for good. */
    private static boolean isRunning(JobClient job) {
        Poll.until(() -> isSettled(job.getJobStatus().join()));
        return job.getJobStatus().join() == JobStatus.RUNNING;
    }

    private static boolean isSettled(JobStatus status) {
        return status == JobStatus.RUNNING || status.isGloballyTerminalState();
    }

    /** So the last frames are kept, and the gap that begins here knows its cause. */
    private void hangUp() {
        try {
            RtspSource.stopRecording().get(HANG_UP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("The {} could not end all sessions in good order", name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop(JobClient job) {
        hangUp();
        try {
            job.stopWithSavepoint(false, state.toUri().toString(), SavepointFormatType.CANONICAL)
                    .get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            System.exit(0);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            LOG.warn("The {} ends without a savepoint; its last checkpoint stands", name, e);
            System.exit(1);
        }
    }
}
