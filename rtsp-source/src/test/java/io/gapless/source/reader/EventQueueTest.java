package io.gapless.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.source.TestFragments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class EventQueueTest {
    private final MediaMemory memory = new MediaMemory(16L * MediaMemory.CHUNK_BYTES);
    private final TestFragments gate = new TestFragments(memory, "gate");
    private final TestFragments yard = new TestFragments(memory, "yard");
    private final EventQueue queue = new EventQueue(1000);

    @Test
    void keepsTheOrder() {
        Fragment first = gate.fragment(0, 10);
        Interruption second = interruption("gate");
        queue.offer(first);
        queue.offer(second);
        assertThat(queue.poll()).containsSame(first);
        assertThat(queue.poll()).containsSame(second);
        assertThat(queue.poll()).isEmpty();
    }

    @Test
    void pastTheBoundTheOldestFragmentsGoAndTheNextOfTheCameraSaysSo() {
        queue.offer(gate.fragment(0, 400));
        queue.offer(interruption("gate"));
        queue.offer(yard.fragment(0, 400));
        queue.offer(gate.fragment(1, 400));
        queue.offer(gate.fragment(2, 200));
        assertThat(queue.bytes()).isEqualTo(1000);
        assertThat(queue.dropped()).isEqualTo(1);

        assertThat(queue.poll()).get().isInstanceOf(Interruption.class);
        assertThat(gapBefore()).isEmpty();
        assertThat(gapBefore()).contains(GapCause.RECORDER_OVERLOAD);
        assertThat(gapBefore()).isEmpty();
        assertThat(queue.bytes()).isZero();
        assertThat(memory.usedBytes()).isZero();
    }

    @Test
    void oneFragmentMayAlwaysWait() {
        queue.offer(gate.fragment(0, 5000));
        assertThat(queue.dropped()).isZero();
        queue.offer(gate.fragment(1, 6000));
        assertThat(queue.dropped()).isEqualTo(1);
        assertThat(gapBefore()).contains(GapCause.RECORDER_OVERLOAD);
    }

    @Test
    void aClosedQueueHoldsNoMemory() {
        queue.offer(gate.fragment(0, 10));
        queue.close();
        queue.offer(gate.fragment(1, 10));
        assertThat(memory.usedBytes()).isZero();
        assertThat(queue.poll()).isEmpty();
    }

    @Test
    void isAvailableWhileThereIsSomething() {
        assertThat(queue.available()).isNotDone();
        queue.offer(interruption("gate"));
        assertThat(queue.available()).isDone();
        queue.poll();
        queue.poll();
        assertThat(queue.available()).isNotDone();
        queue.wakeUp();
        assertThat(queue.available()).isDone();
    }

    /** A consumer that waits whenever the queue is empty must never wait for ever. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void noWakeUpIsLost() throws Exception {
        int events = 50_000;
        Thread producer =
                new Thread(
                        () -> {
                            for (int i = 0; i < events; i++) {
                                queue.offer(interruption("gate"));
                            }
                        });
        producer.start();
        List<CameraEvent> seen = new ArrayList<>();
        while (seen.size() < events) {
            Optional<CameraEvent> event = queue.poll();
            if (event.isPresent()) {
                seen.add(event.get());
            } else {
                queue.available().get();
            }
        }
        producer.join();
        assertThat(queue.poll()).isEmpty();
    }

    private Optional<GapCause> gapBefore() {
        Fragment fragment = (Fragment) queue.poll().orElseThrow();
        fragment.release();
        return fragment.header().gapBefore();
    }

    private static Interruption interruption(String camera) {
        return new Interruption(
                new CameraId(camera), new MediaTime(0), GapCause.CAMERA_SILENT, "nothing came");
    }
}
