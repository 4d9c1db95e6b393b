package io.gapless.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class MediaBufferTest {
    private static final int CHUNK = MediaMemory.CHUNK_BYTES;

    /** What a buffer should hold, on the heap. */
    private static final class Model {
        private byte[] bytes = {};

        void append(byte[] more) {
            int at = bytes.length;
            bytes = Arrays.copyOf(bytes, at + more.length);
            System.arraycopy(more, 0, bytes, at, more.length);
        }

        byte[] cut(int length) {
            byte[] head = Arrays.copyOf(bytes, length);
            bytes = Arrays.copyOfRange(bytes, length, bytes.length);
            return head;
        }
    }

    @Test
    void holdsWhatAnArrayWould() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            MediaMemory memory = new MediaMemory(64L * CHUNK);
            MediaBuffer buffer = memory.newBuffer();
            Model model = new Model();
            List<MediaBuffer> heads = new ArrayList<>();
            List<byte[]> headModels = new ArrayList<>();
            for (int step = 0; step < 200; step++) {
                change(random, buffer, model, heads, headModels);
                check(random, seed, buffer, model.bytes);
            }
            for (int i = 0; i < heads.size(); i++) {
                assertThat(Recorded.bytes(heads.get(i))).isEqualTo(headModels.get(i));
            }
            heads.forEach(MediaBuffer::release);
            buffer.release();
            assertThat(memory.usedBytes()).as("seed %d", seed).isZero();
        }
    }

    private static void change(
            Random random,
            MediaBuffer buffer,
            Model model,
            List<MediaBuffer> heads,
            List<byte[]> headModels) {
        int size = model.bytes.length;
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                byte[] more = new byte[random.nextInt(CHUNK)];
                random.nextBytes(more);
                if (buffer.append(ByteBuffer.wrap(more))) {
                    model.append(more);
                }
            }
            case 2 -> {
                int value = random.nextInt();
                if (buffer.appendInt(value)) {
                    model.append(ByteBuffer.allocate(4).putInt(value).array());
                }
            }
            case 3 -> {
                if (size >= 4) {
                    int at = random.nextInt(size - 3);
                    int value = random.nextInt();
                    buffer.putInt(at, value);
                    ByteBuffer.wrap(model.bytes).putInt(at, value);
                }
            }
            case 4 -> {
                int length = size - Math.min(size, random.nextInt(CHUNK));
                buffer.truncate(length);
                model.bytes = Arrays.copyOf(model.bytes, length);
            }
            default -> {
                int length = random.nextInt(size + 1);
                heads.add(buffer.cut(length));
                headModels.add(model.cut(length));
                if (heads.size() > 8) {
                    int given = random.nextInt(heads.size());
                    assertThat(Recorded.bytes(heads.get(given))).isEqualTo(headModels.get(given));
                    heads.remove(given).release();
                    headModels.remove(given);
                }
            }
        }
    }

    private static void check(Random random, long seed, MediaBuffer buffer, byte[] expected) {
        assertThat(buffer.sizeBytes()).as("seed %d", seed).isEqualTo(expected.length);
        if (expected.length < 4) {
            return;
        }
        int at = random.nextInt(expected.length - 3);
        assertThat(buffer.get(at)).as("seed %d", seed).isEqualTo(expected[at]);
        assertThat(buffer.getInt(at)).isEqualTo(ByteBuffer.wrap(expected).getInt(at));
        int length = random.nextInt(expected.length - at);
        ByteBuffer seen = ByteBuffer.allocate(length);
        buffer.views(at, length).forEach(view -> seen.put(view.duplicate()));
        assertThat(Arrays.equals(seen.array(), Arrays.copyOfRange(expected, at, at + length)))
                .as("seed %d: views of [%d, %d)", seed, at, at + length)
                .isTrue();
    }

    @Test
    void whatDoesNotFitLeavesNoTrace() {
        MediaMemory memory = new MediaMemory(3L * CHUNK + 1);
        assertThat(memory.budgetBytes()).isEqualTo(3L * CHUNK);
        MediaBuffer buffer = memory.newBuffer();
        assertThat(buffer.append(ByteBuffer.wrap(new byte[CHUNK + 1]))).isTrue();

        ByteBuffer tooMuch = ByteBuffer.wrap(new byte[2 * CHUNK]);
        assertThat(buffer.append(tooMuch)).isFalse();
        assertThat(tooMuch.remaining()).isEqualTo(2 * CHUNK);
        assertThat(buffer.sizeBytes()).isEqualTo(CHUNK + 1);
        assertThat(memory.usedBytes()).isEqualTo(2L * CHUNK);

        assertThat(buffer.append(ByteBuffer.wrap(new byte[2 * CHUNK - 1]))).isTrue();
        assertThat(buffer.appendInt(7)).isFalse();
        assertThat(buffer.sizeBytes()).isEqualTo(3L * CHUNK);
        buffer.release();
        assertThat(memory.usedBytes()).isZero();
    }

    @Test
    void theHighWaterMarkRemembersTheMostInUseAtOnce() {
        MediaMemory memory = new MediaMemory(10L * CHUNK);
        for (int chunks : new int[] {2, 5, 3}) {
            MediaBuffer buffer = memory.newBuffer();
            assertThat(buffer.append(ByteBuffer.wrap(new byte[chunks * CHUNK]))).isTrue();
            buffer.release();
        }
        assertThat(memory.highWaterBytes()).isEqualTo(5L * CHUNK);
        assertThat(memory.usedBytes()).isZero();
    }

    @Test
    void aChunkSharedAtTheSeamComesBackWhenBothThreadsAreDone() throws Exception {
        MediaMemory memory = new MediaMemory(4L * CHUNK);
        CyclicBarrier together = new CyclicBarrier(2);
        for (int round = 0; round < 2000; round++) {
            MediaBuffer tail = memory.newBuffer();
            assertThat(tail.append(ByteBuffer.wrap(new byte[2 * CHUNK]))).isTrue();
            MediaBuffer head = tail.cut(CHUNK / 2 + round);
            Thread other =
                    new Thread(
                            () -> {
                                meet(together);
                                head.release();
                            });
            other.start();
            meet(together);
            tail.release();
            other.join();
            assertThat(memory.usedBytes()).as("round %d", round).isZero();
        }
        MediaBuffer all = memory.newBuffer();
        assertThat(all.append(ByteBuffer.wrap(new byte[4 * CHUNK]))).isTrue();
        all.release();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aChunkReleasedTwiceIsABugThatShows() {
        Chunk chunk = new MediaMemory(CHUNK).take().orElseThrow();
        chunk.release();
        assertThatIllegalStateException().isThrownBy(chunk::release).withMessageContaining("twice");
    }

    @Test
    void nothingOutsideCanBeReached() {
        MediaMemory memory = new MediaMemory(2L * CHUNK);
        MediaBuffer buffer = memory.newBuffer();
        assertThat(buffer.append(ByteBuffer.wrap(new byte[10]))).isTrue();
        List<Runnable> reaches =
                List.of(
                        () -> buffer.get(10),
                        () -> buffer.get(-1),
                        () -> buffer.getInt(7),
                        () -> buffer.putInt(7, 1),
                        () -> buffer.truncate(11),
                        () -> buffer.cut(11),
                        () -> buffer.views(5, 6));
        for (Runnable reach : reaches) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(reach::run);
        }
        buffer.release();
        assertThatIllegalArgumentException().isThrownBy(() -> new MediaMemory(CHUNK - 1));
    }
}
