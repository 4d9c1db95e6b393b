package io.gapless.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.TimeRange;
import io.gapless.media.fmp4.FragmentContents;
import io.gapless.media.fmp4.StoredFragmentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingIndexTest {
    @TempDir private Path directory;

    private TestCamera written(int seconds) {
        try (TestRing ring = TestRing.of(directory)) {
            TestCamera camera = ring.camera("front");
            ring.write(camera, seconds);
            return camera;
        }
    }

    private RingIndex index(int remembered) {
        return new RingIndex(
                new RingDirectories(List.of(directory)), Duration.ofSeconds(20), remembered);
    }

    @Test
    void onlyWhatOverlapsTheRangeIsNamed() throws Exception {
        List<FragmentHeader> sent = written(150).sent();
        RingIndex index = index(1000);
        for (int from : List.of(0, 58, 59, 60, 61, 144)) {
            TimeRange range =
                    new TimeRange(sent.get(from).start().plusTicks(1), sent.get(from + 5).start());
            assertThat(index.read(sent.get(0).camera(), range).entries())
                    .extracting(RingEntry::header)
                    .isEqualTo(sent.subList(from, from + 5));
        }
    }

    @Test
    void theVideoStandsWhereTheIndexSays() throws Exception {
        TestCamera camera = written(65);
        for (RingEntry entry : index(1000).read(camera.id(), TestRing.ALWAYS).entries()) {
            try (RingFile file = RingFile.open(entry.file())) {
                FragmentContents contents = StoredFragmentReader.read(file, entry.stored());
                assertThat(contents.header()).isEqualTo(entry.header());
                assertThat(entry.configuration().video().width()).isEqualTo(160);
            }
        }
    }

    @Test
    void aSegmentFinishedAfterItWasFoundIsStillFound() throws Exception {
        try (TestRing ring = TestRing.of(directory)) {
            TestCamera camera = ring.camera("front");
            ring.write(camera, 2);
            ring.awaitWritten(2);
            RingEntry entry =
                    new RingIndex(ring.directories)
                            .read(camera.id(), TestRing.ALWAYS)
                            .entries()
                            .get(1);
            ring.writer.close(java.time.Duration.ofSeconds(10));
            assertThat(entry.file()).doesNotExist();
            try (RingFile file = RingFile.open(entry.file())) {
                assertThat(StoredFragmentReader.read(file, entry.stored()).header())
                        .isEqualTo(entry.header());
            }
        }
    }

    @Test
    void whatIsDeletedIsNoLongerNamed() throws Exception {
        TestCamera camera = written(130);
        RingIndex index = index(1000);
        assertThat(index.read(camera.id(), TestRing.ALWAYS).entries()).hasSize(130);
        Files.delete(RingFiles.all(directory).get(0));
        RingContents contents = index.read(camera.id(), TestRing.ALWAYS);
        assertThat(contents.entries()).hasSize(70);
        assertThat(contents.oldest()).contains(camera.sent().get(60).start());
    }

    @Test
    void littleIsRememberedWhereLittleMayBe() throws Exception {
        TestCamera camera = written(200);
        for (int remembered : List.of(0, 1, 100, 10_000)) {
            RingIndex index = index(remembered);
            for (int i = 0; i < 3; i++) {
                assertThat(index.read(camera.id(), TestRing.ALWAYS).entries()).hasSize(200);
            }
        }
    }

    @Test
    void manyThreadsMayAsk() throws Exception {
        TestCamera camera = written(130);
        RingIndex index = index(100);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<Integer>> sizes =
                    IntStream.range(0, 64)
                            .mapToObj(
                                    i ->
                                            CompletableFuture.supplyAsync(
                                                    () -> size(index, camera.id()), threads))
                            .toList();
            assertThat(sizes).allSatisfy(s -> assertThat(s.join()).isEqualTo(130));
        } finally {
            threads.shutdown();
        }
    }

    private static int size(RingIndex index, CameraId camera) {
        try {
            return index.read(camera, TestRing.ALWAYS).entries().size();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void anUnknownCameraHasNothing() throws Exception {
        written(1);
        RingContents contents = index(10).read(new CameraId("other"), TestRing.ALWAYS);
        assertThat(contents.entries()).isEmpty();
        assertThat(contents.oldest()).isEmpty();
        assertThat(contents.newest()).isEmpty();
        RingIndex none = new RingIndex(new RingDirectories(List.of(directory.resolve("none"))));
        assertThat(none.cameras()).isEmpty();
    }

    @Test
    void aDirectoryThatCannotBeReadIsLeftOut() throws Exception {
        TestCamera camera = written(3);
        Path broken = directory.resolve("broken");
        Files.createDirectories(broken);
        Files.createFile(broken.resolve("recordings"));
        RingIndex both = new RingIndex(new RingDirectories(List.of(broken, directory)));
        assertThat(both.read(camera.id(), TestRing.ALWAYS).entries()).hasSize(3);
        assertThat(both.cameras()).containsExactly(camera.id());
        RingIndex alone = new RingIndex(new RingDirectories(List.of(broken)));
        assertThatThrownBy(alone::cameras).isInstanceOf(IOException.class);
    }
}
