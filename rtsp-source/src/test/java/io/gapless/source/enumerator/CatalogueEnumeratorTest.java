package io.gapless.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.gapless.media.CameraId;
import io.gapless.media.Origin;
import io.gapless.source.RtspSourceOptions;
import io.gapless.source.Shard;
import io.gapless.source.split.CameraSplit;
import io.gapless.source.split.CamerasRefused;
import io.gapless.source.split.CamerasToStop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogueEnumeratorTest {
    @TempDir Path directory;
    private Path file;
    private final SteppedContext context = new SteppedContext(1);

    @BeforeEach
    void catalogueOfTwoCameras() throws IOException {
        file = directory.resolve("cameras.yaml");
        write("gate", "yard");
    }

    @Test
    void camerasComeAndGoWithTheCatalogue() throws IOException {
        CatalogueEnumerator enumerator = started(List.of());
        context.tick();
        register(enumerator);
        assertThat(context.assigned.get(0)).containsExactly("gate", "yard");

        write("gate", "roof");
        context.tick();
        context.tick();
        assertThat(context.assigned.get(0)).containsExactly("gate", "yard", "roof");
        assertThat(context.events.get(0)).containsExactly(new CamerasToStop(List.of("yard")));
    }

    @Test
    void aBrokenCatalogueChangesNothing() throws IOException {
        CatalogueEnumerator enumerator = started(List.of());
        context.tick();
        register(enumerator);
        Files.writeString(file, "cameras: [");
        context.tick();
        context.tick();
        Files.delete(file);
        context.tick();
        assertThat(context.events.get(0)).isEmpty();
        assertThat(enumerator.snapshotState(1).cameras())
                .containsExactly(new CameraId("gate"), new CameraId("yard"));
    }

    @Test
    void aRestoredListHoldsUntilTheCatalogueCanBeRead() throws IOException {
        Files.delete(file);
        CatalogueEnumerator enumerator = started(List.of(new CameraId("gate")));
        context.tick();
        register(enumerator);
        assertThat(context.assigned.get(0)).containsExactly("gate");
        write("yard");
        context.tick();
        assertThat(context.assigned.get(0)).containsExactly("gate", "yard");
        assertThat(context.events.get(0)).containsExactly(new CamerasToStop(List.of("gate")));
    }

    @Test
    void aReaderThatIsNotReadyFailsNothingAndIsToldLater() {
        CatalogueEnumerator enumerator = started(List.of());
        context.gatewaysFail = true;
        assertThatCode(
                        () -> {
                            register(enumerator);
                            context.tick();
                        })
                .doesNotThrowAnyException();
        assertThat(context.assigned.get(0)).isEmpty();
        context.gatewaysFail = false;
        context.tick();
        assertThat(context.assigned.get(0)).containsExactly("gate", "yard");
    }

    @Test
    void aReaderThatWentAwayIsNotSpokenTo() throws IOException {
        CatalogueEnumerator enumerator = started(List.of());
        context.tick();
        register(enumerator);
        context.unregister(0);
        enumerator.addSplitsBack(List.of(new CameraSplit(new CameraId("gate"))), 0);
        write("gate");
        context.tick();
        context.tick();
        register(enumerator);
        assertThat(context.assigned.get(0)).containsExactly("gate");
        assertThat(context.events.get(0)).isEmpty();
    }

    @Test
    void aRefusedCameraIsAssignedAgain() {
        CatalogueEnumerator enumerator = started(List.of());
        context.tick();
        register(enumerator);
        enumerator.handleSourceEvent(0, new CamerasRefused(List.of("gate")));
        context.tick();
        assertThat(context.assigned.get(0)).containsExactly("gate", "yard", "gate");
    }

    private void register(CatalogueEnumerator enumerator) {
        context.register(0, List.of());
        enumerator.addReader(0);
    }

    private CatalogueEnumerator started(List<CameraId> restored) {
        CatalogueEnumerator enumerator =
                new CatalogueEnumerator(
                        context,
                        new RtspSourceOptions(
                                file.toString(),
                                Duration.ofSeconds(2),
                                Shard.WHOLE,
                                4096,
                                1 << 20,
                                1 << 20,
                                1,
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(5),
                                Origin.PRIMARY),
                        new CatalogueState(restored));
        enumerator.start();
        return enumerator;
    }

    private void write(String... ids) throws IOException {
        StringBuilder text = new StringBuilder("cameras:\n");
        for (String id : ids) {
            text.append("  - {id: ").append(id).append(", url: 'rtsp://192.0.2.1/'}\n");
        }
        Files.writeString(file, text);
    }
}
