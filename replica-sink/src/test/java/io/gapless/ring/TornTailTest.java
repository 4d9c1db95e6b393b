package io.gapless.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.FragmentHeader;
import io.gapless.media.layout.RecordingName;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segment cut anywhere, as a killed process or a power cut leaves it, and as it grows. */
class TornTailTest {
    @TempDir private Path written;
    @TempDir private Path torn;

    private byte[] bytes;
    private Path name;
    private List<RingEntry> entries;
    private TestCamera camera;

    private void write(int seconds) throws Exception {
        try (TestRing ring = TestRing.of(written)) {
            camera = ring.camera("front");
            ring.write(camera, seconds);
            ring.awaitWritten(seconds);
            Path open = RingFiles.open(written).get(0);
            bytes = Files.readAllBytes(open);
            name = written.relativize(open);
            entries = new RingIndex(ring.directories).read(camera.id(), TestRing.ALWAYS).entries();
        }
    }

    private List<FragmentHeader> whole(int length) {
        return entries.stream()
                .filter(e -> e.offset() + e.sizeBytes() <= length)
                .map(RingEntry::header)
                .toList();
    }

    private List<FragmentHeader> read(RingIndex index) throws Exception {
        return index.read(camera.id(), TestRing.ALWAYS).entries().stream()
                .map(RingEntry::header)
                .toList();
    }

    @Test
    void whateverIsWholeIsReadFromASegmentCutAtAnyByte() throws Exception {
        write(3);
        Path file = torn.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        // One index, since each has threads of its own; it remembers the last segment at most.
        RingIndex index =
                new RingIndex(new RingDirectories(List.of(torn)), Duration.ofMinutes(1), 0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int length = bytes.length; length >= 0; length--) {
                channel.truncate(length);
                file = Files.move(file, neverSeen(file, length));
                assertThat(read(index)).as("of %d bytes", length).isEqualTo(whole(length));
            }
        }
    }

    /** A name under which no index has read the segment, so that it reads all of it. */
    private static Path neverSeen(Path segment, int number) {
        return segment.resolveSibling(
                RecordingName.of(TestCamera.START, "torn", number) + ".mp4.open");
    }

    @Test
    void anIndexThatFollowsAGrowingSegmentSeesWhatAFreshOneSees() throws Exception {
        write(4);
        Path file = torn.resolve(name);
        Files.createDirectories(file.getParent());
        RingIndex following = new RingIndex(new RingDirectories(List.of(torn)));
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int length = 0; length < bytes.length; length += 97) {
                assertThat(read(following)).as("of %d bytes", length).isEqualTo(whole(length));
                int more = Math.min(97, bytes.length - length);
                channel.write(ByteBuffer.wrap(bytes, length, more));
            }
        }
        assertThat(following.read(camera.id(), TestRing.ALWAYS).entries())
                .extracting(RingEntry::stored)
                .isEqualTo(entries.stream().map(RingEntry::stored).toList());
        Path finished = RingFiles.finished(written).get(0);
        Files.copy(finished, torn.resolve(written.relativize(finished)));
        Files.delete(file);
        assertThat(read(following)).isEqualTo(camera.sent());
    }

    @Test
    void garbageBehindTheLastWholeFragmentEndsTheWalk() throws Exception {
        write(3);
        Path file = torn.resolve(name);
        Files.createDirectories(file.getParent());
        RingIndex index = new RingIndex(new RingDirectories(List.of(torn)));
        List<Integer> fills = new ArrayList<>(List.of(0, 1, 8, 0x55, 0xFF));
        for (int fill : fills) {
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 5000);
            Arrays.fill(longer, bytes.length, longer.length, (byte) fill);
            Files.write(file, longer);
            assertThat(read(index)).isEqualTo(camera.sent());
        }
    }

    @Test
    void aSegmentOfADeadWriterStaysBesideThoseOfTheNext() throws Exception {
        write(5);
        Path left = torn.resolve(name);
        Files.createDirectories(left.getParent());
        Files.write(left, Arrays.copyOf(bytes, bytes.length - 10));
        try (TestRing ring = TestRing.of(torn)) {
            ring.write(new TestCamera("front", ring.memory), 2);
            ring.awaitWritten(2);
            assertThat(ring.headers(camera.id())).hasSize(4 + 2);
        }
        assertThat(left).hasSize(bytes.length - 10);
        assertThat(RingFiles.open(torn)).containsExactly(left);
    }
}
