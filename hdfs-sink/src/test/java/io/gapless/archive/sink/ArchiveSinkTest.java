package io.gapless.archive.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.Archive;
import io.gapless.archive.ArchiveWriterOptions;
import io.gapless.archive.WaitedTime;
import io.gapless.archive.hold.HoldLimits;
import io.gapless.archive.hold.SpillOptions;
import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.InstantiationUtil;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveSinkTest {
    private static final Interruption NEVER_REACHED =
            new Interruption(
                    new CameraId("front"),
                    MediaTime.of(Instant.parse("2026-11-22T14:22:33Z")),
                    GapCause.CAMERA_UNREACHABLE,
                    "connection refused");

    @TempDir private Path directory;

    private static ArchiveSinkSettings settings(URI root, Duration closeTimeout) {
        return new ArchiveSinkSettings(
                root,
                Map.of("a.b", "c", "fs.silent.impl", SilentStore.class.getName()),
                ArchiveWriterOptions.defaults(),
                HoldLimits.RECORDER,
                SpillOptions.NONE,
                closeTimeout);
    }

    private static ArchiveSinkWriter start(ArchiveSinkSettings settings) {
        return ArchiveSinkWriter.start(UUID.randomUUID(), settings, new UnregisteredMetricsGroup());
    }

    @Test
    void theSinkTravelsToTheTaskManager() throws Exception {
        ArchiveSink sink = new ArchiveSink(settings(directory.toUri(), Duration.ofSeconds(10)));
        byte[] bytes = InstantiationUtil.serializeObject(sink);
        Object copy =
                InstantiationUtil.deserializeObject(bytes, ArchiveSink.class.getClassLoader());
        assertThat(copy).isInstanceOf(ArchiveSink.class);
        assertThat(settings(directory.toUri(), Duration.ZERO).hadoopConfiguration().get("a.b"))
                .isEqualTo("c");
    }

    @Test
    void whatIsWrittenIsInTheArchiveWhenTheWriterIsClosed() throws Exception {
        ArchiveSinkWriter writer = start(settings(directory.toUri(), Duration.ofSeconds(30)));
        writer.write(NEVER_REACHED, null);
        writer.close();
        try (Archive archive = Archive.open(directory.toUri(), new Configuration())) {
            assertThat(
                            archive.fileSystem()
                                    .listStatus(
                                            archive.layout()
                                                    .cameraDay(
                                                            NEVER_REACHED.camera(),
                                                            java.time.LocalDate.of(2026, 11, 22))))
                    .hasSize(1);
        }
    }

    @Test
    void neitherStartNorCheckpointNorFlushWaitsForAStoreThatIsAway() throws Exception {
        AtomicReference<ArchiveSinkWriter> writer = new AtomicReference<>();
        Duration waited =
                WaitedTime.of(
                        () -> {
                            writer.set(start(settings(SilentStore.ROOT, Duration.ofMillis(1))));
                            writer.get().write(NEVER_REACHED, null);
                            writer.get().flush(true);
                            assertThat(writer.get().snapshotState(1))
                                    .isEqualTo(List.of(new ArchiveWriterState(List.of())));
                        });
        // Others do wait.
        assertThat(SilentStore.ASKED.await(2, TimeUnit.MINUTES)).isTrue();
        assertThat(waited.plus(WaitedTime.of(() -> writer.get().close())))
                .isLessThan(Duration.ofSeconds(5));
    }

    /** Never answers. */
    static final class SilentStore extends RawLocalFileSystem {
        private static final URI ROOT = URI.create("silent://store/archive");
        private static final CountDownLatch ASKED = new CountDownLatch(1);

        @Override
        public void initialize(URI root, Configuration configuration) throws IOException {
            ASKED.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw (IOException) new InterruptedIOException(root + " is silent").initCause(e);
            }
        }
    }
}
