package io.gapless.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.archive.Archive;
import io.gapless.archive.ArchiveWriter;
import io.gapless.archive.ArchiveWriterMetrics;
import io.gapless.archive.ArchiveWriterOptions;
import io.gapless.archive.read.ArchiveReader;
import io.gapless.archive.read.CameraVerification;
import io.gapless.archive.read.ReadProgress;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaMemory;
import io.gapless.media.TimeRange;
import io.gapless.media.layout.RecordingName;
import io.gapless.media.stitch.Fill;
import io.gapless.ring.RingDirectories;
import io.gapless.ring.RingDisks;
import io.gapless.ring.RingLimits;
import io.gapless.ring.RingMetrics;
import io.gapless.ring.RingOptions;
import io.gapless.ring.RingWriter;
import io.gapless.ring.access.RingSecret;
import io.gapless.ring.client.RingAddress;
import io.gapless.ring.client.Throttle;
import io.gapless.ring.server.RingServer;
import io.gapless.ring.server.RingServerLimits;
import io.gapless.ring.server.RingServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One camera's archive, a ring behind its server, and backfill between the two, step by step in the
 * test's thread; all of it real but the clock.
 */
final class SteppedSite {
    private static final RingSecret SECRET = RingSecret.of("not-to-be-seen-anywhere");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final CameraId camera;
    private final Path directory;
    private final MediaMemory memory;
    private final InstantSource clock;

    SteppedSite(CameraId camera, Path directory, MediaMemory memory, InstantSource clock) {
        this.camera = camera;
        this.directory = directory;
        this.memory = memory;
        this.clock = clock;
    }

    private URI archive() {
        return directory.resolve("archive").toUri();
    }

    /** Has a recorder write all that it has into the archive. */
    void writeArchive(Consumer<Consumer<Fragment>> recorder) {
        ArchiveWriter writer =
                new ArchiveWriter(
                        () -> Archive.openForWriting(archive(), Map.of()),
                        ArchiveWriterOptions.defaults(),
                        RecordingName.newWriterId(),
                        clock,
                        System::nanoTime,
                        ArchiveWriterMetrics.NONE);
        recorder.accept(writer::write);
        writer.close(PATIENCE);
    }

    /** Has a recorder write all that it has into the ring. */
    void writeRing(Consumer<Consumer<Fragment>> recorder) {
        RingDisks disks =
                new RingDisks(
                        ring(),
                        RingOptions.of(new RingLimits(1L << 30, Duration.ofHours(1), 0), 64 << 20),
                        clock,
                        System::nanoTime);
        RingWriter writer = new RingWriter(disks, RingMetrics.NONE);
        recorder.accept(writer::write);
        writer.close(PATIENCE);
        disks.close(PATIENCE);
    }

    private RingDirectories ring() {
        return new RingDirectories(List.of(directory.resolve("ring")));
    }

    /** Looks, fetches and writes until nothing is missing; what was filled. */
    List<FragmentHeader> backfill(TimeRange range) throws Exception {
        List<FragmentHeader> fills = new ArrayList<>();
        try (RingServer server = new RingServer(serverOptions(), ring());
                HttpRing ring = ring(server.start().getPort());
                WatchedArchive view = new WatchedArchive(archive(), Map.of(), clock)) {
            Rings rings = new Rings(() -> List.of(ring), System::nanoTime, () -> {});
            MemoryGate gate = new MemoryGate(memory);
            FillQueue queue = new FillQueue();
            CameraBackfill backfill = backfill(view, rings, gate, queue);
            Fetcher fetcher = new Fetcher(rings, memory, gate, Throttle.NONE);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!verify(range).gaps().isEmpty() && System.nanoTime() - deadline < 0) {
                List<Fill<RingCopy>> found = backfill.look();
                for (Fill<RingCopy> fill : found) {
                    fetcher.fetch(backfill, fill);
                }
                writeArchive(writer -> drain(queue, fills, writer));
                if (found.isEmpty()) { // a busy machine kept the ring from answering
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
            }
            assertThat(backfill.look()).isEmpty();
        }
        return fills;
    }

    private static void drain(
            FillQueue queue, List<FragmentHeader> drained, Consumer<Fragment> out) {
        for (Optional<Fragment> next = queue.poll(); next.isPresent(); next = queue.poll()) {
            drained.add(next.get().header());
            out.accept(next.get());
        }
    }

    private static RingServerOptions serverOptions() {
        return new RingServerOptions(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(SECRET),
                Optional.empty(),
                false,
                RingServerLimits.DEFAULT);
    }

    private static HttpRing ring(int port) {
        URI address = URI.create("http://127.0.0.1:" + port);
        return new HttpRing(RingAddress.of(address, Optional.of(SECRET), Optional.empty()));
    }

    private CameraBackfill backfill(
            ArchiveView view, Rings rings, MemoryGate gate, FillQueue queue) {
        return new CameraBackfill(
                camera,
                new BackfillTools(
                        view,
                        rings,
                        new FetchedPartDigests(rings, memory, gate, Throttle.NONE),
                        BackfillLimits.DEFAULT,
                        clock,
                        System::nanoTime),
                queue,
                new FillListener() {
                    @Override
                    public void fetched(long bytes) {}

                    @Override
                    public void filled(Duration afterResumption) {}
                },
                new CameraTally());
    }

    CameraVerification verify(TimeRange range) throws IOException {
        try (Archive archive = Archive.open(archive(), Map.of())) {
            return new ArchiveReader(archive, clock)
                    .verify(
                            List.of(camera),
                            Optional.of(range.from().toInstant()),
                            Optional.of(range.to().toInstant()),
                            ReadProgress.NONE)
                    .cameras()
                    .get(0);
        }
    }

    Path export(TimeRange range) throws IOException {
        Path out = directory.resolve("export.mp4");
        try (Archive archive = Archive.open(archive(), Map.of())) {
            new ArchiveReader(archive, clock)
                    .export(
                            camera,
                            range.from().toInstant(),
                            range.to().toInstant(),
                            out,
                            ReadProgress.NONE);
        }
        return out;
    }
}
