package io.gapless.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Sound that is never due must not be kept without end. */
class SideQueueTest {
    private final MediaMemory memory = new MediaMemory(64 << 20);
    private final SideQueue queue = SideQueue.ofSound(memory);

    @Test
    void keepsNoMoreUnitsThanItsBound() {
        for (int i = 0; i < 100_000; i++) {
            queue.add(ByteBuffer.wrap(new byte[1]), 0, 1);
        }
        assertThat(queue.take(1, 8000).orElseThrow().samples().size()).isEqualTo(65_536);
    }

    @Test
    void keepsNoMoreBytesThanItsBound() {
        for (int i = 0; i < 1000; i++) {
            queue.add(ByteBuffer.wrap(new byte[60_000]), 0, 1);
        }
        assertThat(memory.usedBytes()).isBetween(31L << 20, 33L << 20);
    }
}
