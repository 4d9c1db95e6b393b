package io.gapless.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.Archive;
import io.gapless.archive.ArchiveWriter;
import io.gapless.archive.ArchiveWriterMetrics;
import io.gapless.archive.ArchiveWriterOptions;
import io.gapless.archive.read.ArchiveReader;
import io.gapless.archive.read.ReadProgress;
import io.gapless.job.RecorderConfiguration;
import io.gapless.job.RecorderJob;
import io.gapless.job.Role;
import io.gapless.job.embedded.FreePort;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.layout.RecordingName;
import io.gapless.media.timeline.Span;
import io.gapless.media.timeline.Timeline;
import io.gapless.ring.RingDirectories;
import io.gapless.ring.RingDisks;
import io.gapless.ring.RingLimits;
import io.gapless.ring.RingMetrics;
import io.gapless.ring.RingOptions;
import io.gapless.ring.RingWriter;
import io.gapless.ring.access.RingSecret;
import io.gapless.ring.server.RingServer;
import io.gapless.ring.server.RingServerLimits;
import io.gapless.ring.server.RingServerOptions;
import io.gapless.source.Shard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The primary's job over an archive with a hole, beside a real ring behind its real server. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class BackfillOnClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String SECRET = "not-to-be-seen-anywhere";

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir Path directory;

    private final Gops video = new Gops(MediaTime.of(Instant.now().minusSeconds(200)));
    private final MediaMemory memory = new MediaMemory(16 << 20);

    @Test
    void whatTheArchiveLacksComesBackOnceTheRingAnswers() throws Exception {
        writeArchive();
        writeRing();
        Files.writeString(directory.resolve("secret"), SECRET + "\n");
        int port = FreePort.any();
        JobClient job = start(port);
        assertThat(timeline().gaps()).hasSize(1);

        try (RingServer server = server(port)) {
            server.start();
            await(() -> timeline().gaps().isEmpty());
        }
        Timeline whole = timeline();
        assertThat(whole.frames()).isEqualTo(150L * Gops.FRAMES);
        assertThat(whole.spans())
                .extracting(Span::origin)
                .containsExactly(Origin.PRIMARY, Origin.REPLICA, Origin.PRIMARY);
        assertThat(whole.spans().get(1).start()).isEqualTo(video.at(60));
        assertThat(whole.spans().get(1).end()).isEqualTo(video.at(90));
        job.cancel().get();
        try (Archive archive = Archive.open(root(), Map.of())) {
            assertThat(
                            new ArchiveReader(archive)
                                    .verify(
                                            List.of(Gops.CAMERA),
                                            Optional.of(video.at(0).toInstant()),
                                            Optional.of(video.at(150).toInstant()),
                                            ReadProgress.NONE)
                                    .cameras())
                    .allMatch(camera -> camera.problems().isEmpty());
        }
    }

    private URI root() {
        return directory.resolve("archive").toUri();
    }

    private Timeline timeline() throws IOException {
        try (Archive archive = Archive.open(root(), Map.of())) {
            return new ArchiveReader(archive)
                    .timeline(
                            Gops.CAMERA,
                            Optional.of(video.at(0).toInstant()),
                            Optional.of(video.at(150).toInstant()));
        }
    }

    private interface Condition {
        boolean isMet() throws IOException;
    }

    private static void await(Condition condition) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.isMet()) {
            assertThat(System.nanoTime() - end).as("patience").isNegative();
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private JobClient start(int port) throws Exception {
        Path catalogue = directory.resolve("cameras.yaml");
        // Nobody listens there: recording waits, backfill does not.
        Files.writeString(catalogue, "cameras:\n  - {id: gate, url: 'rtsp://127.0.0.1:1'}\n");
        Path file = directory.resolve("recorder.yaml");
        Files.writeString(
                file,
                """
                catalogue: cameras.yaml
                archive: %s
                parallelism: 2
                mediaMemory: 16 mb
                rings: [{url: 'http://127.0.0.1:%d', secretFile: secret}]
                backfill: {interval: 500 ms, memory: 16 mb}
                """
                        .formatted(root(), port));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        RecorderJob.build(environment, RecorderConfiguration.read(file), Role.PRIMARY, Shard.WHOLE);
        return environment.executeAsync("test");
    }

    private RingServer server(int port) {
        return new RingServer(
                new RingServerOptions(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        Optional.of(RingSecret.of(SECRET)),
                        Optional.empty(),
                        false,
                        RingServerLimits.DEFAULT),
                directories());
    }

    private RingDirectories directories() {
        return new RingDirectories(List.of(directory.resolve("ring")));
    }

    private void writeArchive() {
        ArchiveWriter writer =
                new ArchiveWriter(
                        () -> Archive.openForWriting(root(), Map.of()),
                        ArchiveWriterOptions.defaults(),
                        RecordingName.newWriterId(),
                        InstantSource.system(),
                        System::nanoTime,
                        ArchiveWriterMetrics.NONE);
        writeRun(writer, 0, 60);
        writeRun(writer, 90, 150);
        writer.close(Duration.ofSeconds(20));
    }

    private void writeRun(ArchiveWriter writer, long from, long to) {
        RunId run = RunId.random();
        for (long second = from; second < to; second++) {
            writer.write(
                    video.fragment(
                            memory,
                            video.header(run, second - from, second, 0, Origin.PRIMARY),
                            second));
        }
    }

    private void writeRing() {
        RingDisks disks =
                new RingDisks(
                        directories(),
                        RingOptions.of(new RingLimits(1L << 30, Duration.ofHours(1), 0), 16 << 20),
                        InstantSource.system(),
                        System::nanoTime);
        RingWriter writer = new RingWriter(disks, RingMetrics.NONE);
        RunId run = RunId.random();
        for (long second = 0; second < 150; second++) {
            writer.write(
                    video.fragment(
                            memory,
                            video.header(run, second, second, 1234, Origin.REPLICA),
                            second));
        }
        writer.close(Duration.ofSeconds(20));
        disks.close(Duration.ofSeconds(5));
    }
}
