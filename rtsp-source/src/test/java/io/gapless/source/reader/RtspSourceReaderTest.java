package io.gapless.source.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.gapless.media.CameraEvent;
import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaMemory;
import io.gapless.media.Origin;
import io.gapless.source.RtspSourceOptions;
import io.gapless.source.Shard;
import io.gapless.source.TestFragments;
import io.gapless.source.split.CameraPlacement;
import io.gapless.source.split.CameraSplit;
import io.gapless.source.split.CamerasRefused;
import io.gapless.source.split.CamerasToStop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.connector.testutils.source.reader.TestingReaderOutput;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RtspSourceReaderTest {
    private static final CameraSplit GATE = new CameraSplit(new CameraId("gate"));

    @TempDir Path directory;
    private final FakeRecorders recorders = new FakeRecorders();
    private final OneOfTwo context = new OneOfTwo(owner("gate"));
    private final TestingReaderOutput<CameraEvent> output = new TestingReaderOutput<>();

    /** The subtask of two that owns the camera. */
    private static final class OneOfTwo extends TestingReaderContext {
        private final int subtask;

        private OneOfTwo(int subtask) {
            this.subtask = subtask;
        }

        @Override
        public int getIndexOfSubtask() {
            return subtask;
        }

        @Override
        public int currentParallelism() {
            return 2;
        }
    }

    @BeforeEach
    void catalogue() throws IOException {
        write("url: 'rtsp://u:secret@192.0.2.1/'");
    }

    private void write(String urls) throws IOException {
        Files.writeString(
                directory.resolve("cameras.yaml"), "cameras: [{id: gate, %s}]".formatted(urls));
    }

    @Test
    void handsOnWhatItsCamerasSay() throws Exception {
        RtspSourceReader reader = reader();
        reader.start();
        reader.addSplits(List.of(GATE));
        awaitDialled(reader);
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.isAvailable()).isNotDone();

        FakeRecorders.Fake recorder = recorders.last();
        recorder.says(new TestFragments(recorder.runtime.memory(), "gate").fragment(0, 10));
        assertThat(reader.isAvailable()).isDone();
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(output.getEmittedRecords()).hasSize(1);
        recorder.hungUp.complete(null);
        reader.close();
    }

    @Test
    void itsStateNamesItsCamerasAndNothingElse() throws Exception {
        RtspSourceReader reader = reader();
        reader.addSplits(List.of(GATE));
        assertThat(reader.snapshotState(1)).containsExactly(GATE);
        reader.handleSourceEvents(new CamerasToStop(List.of("gate")));
        assertThat(reader.snapshotState(2)).isEmpty();
        reader.close();
    }

    @Test
    void refusesACameraThatItDoesNotOwn() throws Exception {
        String foreign = foreignCamera();
        RtspSourceReader reader = reader();
        reader.addSplits(List.of(GATE, new CameraSplit(new CameraId(foreign))));
        assertThat(context.getSentEvents()).containsExactly(new CamerasRefused(List.of(foreign)));
        assertThat(reader.snapshotState(1)).containsExactly(GATE);
        reader.close();
    }

    @Test
    void closingReleasesWhatIsQueuedAndEndsTheEventLoops() throws Exception {
        RtspSourceReader reader = reader();
        reader.start();
        reader.addSplits(List.of(GATE));
        awaitDialled(reader);
        FakeRecorders.Fake recorder = recorders.last();
        MediaMemory memory = recorder.runtime.memory();
        recorder.says(new TestFragments(memory, "gate").fragment(0, 10));
        assertThat(memory.usedBytes()).isPositive();
        recorder.hungUp.complete(null);
        reader.close();
        assertThat(memory.usedBytes()).isZero();
        assertThat(recorder.runtime.eventLoops().isTerminated()).isTrue();
    }

    @Test
    void whoStopsItOnPurposeGetsAllThatWasReceivedAndTheReason() throws Exception {
        RtspSourceReader reader = reader();
        reader.start();
        reader.addSplits(List.of(GATE));
        awaitDialled(reader);
        FakeRecorders.Fake recorder = recorders.last();
        TestFragments fragments = new TestFragments(recorder.runtime.memory(), "gate");
        recorder.says(fragments.fragment(0, 10));
        CompletableFuture<Void> stopped = RtspSourceReader.stopRecording();
        reader.pollNext(output);
        assertThat(recorder.closed).isTrue();
        assertThat(stopped).isNotDone();

        recorder.says(fragments.fragment(1, 10));
        recorder.hungUp.complete(null);
        assertThat(reader.isAvailable()).isDone();
        while (reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {
            assertThat(stopped).isNotDone();
        }
        assertThat(stopped).isCompleted();
        assertThat(output.getEmittedRecords())
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Fragment.class),
                        second -> assertThat(second).isInstanceOf(Fragment.class),
                        third ->
                                assertThat(third)
                                        .asInstanceOf(type(Interruption.class))
                                        .extracting(Interruption::cause)
                                        .isEqualTo(GapCause.RECORDER_STOPPED));
        reader.close();
    }

    @Test
    void aTaskThatEndsInTheMeantimeHoldsUpNobodyWhoStopsIt() throws Exception {
        RtspSourceReader reader = reader();
        reader.start();
        CompletableFuture<Void> stopped = RtspSourceReader.stopRecording();
        assertThat(stopped).isNotDone();
        reader.close();
        assertThat(stopped).isCompleted();
    }

    /** And notices when that address changes. */
    @Test
    void aReplicaDialsTheAddressForReplicas() throws Exception {
        write("url: 'rtsp://192.0.2.1/', replicaUrl: 'rtsp://192.0.2.2/'");
        RtspSourceReader reader = reader(Origin.REPLICA);
        reader.start();
        reader.addSplits(List.of(GATE));
        awaitDialled(reader);
        assertThat(recorders.last().settings.uri()).hasHost("192.0.2.2");
        recorders.last().hungUp.complete(null);
        write("url: 'rtsp://192.0.2.9/', replicaUrl: 'rtsp://192.0.2.3/'");
        while (recorders.all.size() < 2) {
            reader.isAvailable().get();
            reader.pollNext(output);
        }
        assertThat(recorders.last().settings.uri()).hasHost("192.0.2.3");
        recorders.last().hungUp.complete(null);
        reader.close();
    }

    @Test
    void subtasksShareMemoryAndEventLoopsAndARestartedOneFindsTheMemoryAgain() throws Exception {
        UUID source = UUID.randomUUID();
        SharedRuntime.Lease first = SharedRuntime.acquire(source, options());
        SharedRuntime.Lease second = SharedRuntime.acquire(source, options());
        assertThat(second.runtime()).isEqualTo(first.runtime());
        first.close(Duration.ofSeconds(5));
        assertThat(second.runtime().eventLoops().isShuttingDown()).isFalse();
        second.close(Duration.ofSeconds(5));
        assertThat(second.runtime().eventLoops().isTerminated()).isTrue();

        SharedRuntime.Lease restarted = SharedRuntime.acquire(source, options());
        assertThat(restarted.runtime().memory()).isSameAs(first.runtime().memory());
        assertThat(restarted.runtime().eventLoops().isShuttingDown()).isFalse();
        restarted.close(Duration.ofSeconds(5));
    }

    /** Polls, as the task does when it is woken, until the camera is dialled. */
    private void awaitDialled(RtspSourceReader reader) throws Exception {
        while (recorders.all.isEmpty()) {
            reader.isAvailable().get();
            reader.pollNext(output);
        }
    }

    private RtspSourceReader reader() {
        return reader(Origin.PRIMARY);
    }

    private RtspSourceReader reader(Origin origin) {
        return new RtspSourceReader(
                context, UUID.randomUUID(), options(origin), recorders.factory());
    }

    private RtspSourceOptions options() {
        return options(Origin.PRIMARY);
    }

    private RtspSourceOptions options(Origin origin) {
        return new RtspSourceOptions(
                directory.resolve("cameras.yaml").toString(),
                Duration.ofMillis(50),
                Shard.WHOLE,
                4096,
                1 << 20,
                1 << 20,
                1,
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                origin);
    }

    private static int owner(String camera) {
        return new CameraPlacement(4096, 2).owner(new CameraId(camera));
    }

    private static String foreignCamera() {
        int i = 0;
        while (owner("camera-" + i) == owner("gate")) {
            i++;
        }
        return "camera-" + i;
    }
}
