package io.gapless.ring.http;

import static io.gapless.ring.http.HandMadeRing.START;
import static io.gapless.ring.http.ServedRing.EVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.MediaMemory;
import io.gapless.ring.Eventually;
import io.gapless.ring.RingDirectories;
import io.gapless.ring.client.RingBusyException;
import io.gapless.ring.client.RingClient;
import io.gapless.ring.client.RingListing;
import io.gapless.ring.http.HandMadeRing.Segment;
import io.gapless.ring.server.RingServerLimits;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One disk of a ring hangs, as a FIFO does that nobody writes to: whoever opens it waits. All else
 * that the ring holds is served meanwhile.
 */
@Timeout(60)
class HangingDiskTest {
    private static final CameraId FRONT = new CameraId("front");
    private static final RingServerLimits LIMITS =
            new RingServerLimits(
                    64,
                    64,
                    0,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofMillis(300),
                    1000,
                    Duration.ofDays(1));
    private static final int CLIENTS = 30;

    @TempDir private Path directory;
    private final MediaMemory memory = new MediaMemory(32 << 20);
    private Path hanging;
    private Path well;
    private Segment held;

    @BeforeEach
    void twoDisks() throws IOException {
        hanging = directory.resolve("hanging");
        well = directory.resolve("well");
        Files.createDirectories(hanging);
        held =
                new HandMadeRing(well)
                        .add("front", START, HandMadeRing.H264, Optional.empty(), true, List.of());
    }

    private ServedRing served() throws IOException {
        return new ServedRing(new RingDirectories(List.of(hanging, well)), LIMITS);
    }

    private static void makeFifo(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Process made = new ProcessBuilder("mkfifo", file.toString()).start();
        assertThat(made.onExit().join().exitValue()).isZero();
    }

    /** Whoever waits for it finds an empty file, and nobody finds it any more. */
    private void heal(Path fifo) throws IOException {
        try (RandomAccessFile writer = new RandomAccessFile(fifo.toFile(), "rw")) {
            Eventually.await(
                    "all have opened it", () -> writer.getFD().valid() && waitingThreads() == 0);
            Files.delete(fifo);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long waitingThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().contains("ring-read " + directory))
                .filter(
                        entry ->
                                java.util.Arrays.stream(entry.getValue())
                                        .anyMatch(at -> at.getMethodName().equals("open0")))
                .count();
    }

    @Test
    void theOtherDiskIsServedToAllAndTheListSaysThatItIsNotAll() throws Exception {
        Path day = well.relativize(held.file().getParent());
        Path fifo = hanging.resolve(day).resolve("142233.500Z-w1x0.mp4");
        makeFifo(fifo);
        try (ServedRing served = served();
                RingClient client = served.client()) {
            List<CompletableFuture<RingListing>> asking = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                asking.add(CompletableFuture.supplyAsync(() -> list(client)));
            }
            for (CompletableFuture<RingListing> asked : asking) {
                assertThat(asked.join().fragments()).hasSameSizeAs(held.fragments());
                assertThat(asked.join().complete()).isFalse();
            }
            assertThat(waitingThreads()).as("threads that the disk holds").isBetween(1L, 4L);
            Fragment fragment = client.fetch(list(client).fragments().get(0), memory);
            fragment.release();
            assertThat(served.get("/v1/status").statusCode()).isEqualTo(200);
            heal(fifo);
            Eventually.await("the disk is asked again", () -> list(client).complete());
        }
    }

    private static RingListing list(RingClient client) {
        try {
            return client.list(FRONT, EVER);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aFragmentThatCannotBeOpenedIsRefusedInTime() throws Exception {
        try (ServedRing served = served();
                RingClient client = served.client()) {
            RingListing listing = list(client);
            assertThat(listing.complete()).isTrue();
            Files.delete(held.file());
            makeFifo(held.file());
            for (int i = 0; i < CLIENTS; i++) {
                assertThatThrownBy(() -> client.fetch(listing.fragments().get(0), memory))
                        .isInstanceOf(RingBusyException.class);
            }
            heal(held.file());
        }
        assertThat(memory.usedBytes()).isZero();
    }
}
