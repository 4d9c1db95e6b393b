package io.gapless.ring.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.media.CameraId;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingSinkTest {
    private static final Interruption NEVER_REACHED =
            new Interruption(
                    new CameraId("front"),
                    MediaTime.of(Instant.parse("2026-11-22T14:22:33Z")),
                    GapCause.CAMERA_UNREACHABLE,
                    "connection refused");

    @TempDir private Path directory;

    private RingSinkSettings settings(long queueBytes) {
        return new RingSinkSettings(
                List.of(directory.toString()),
                1L << 30,
                Duration.ofHours(12),
                1 << 20,
                queueBytes,
                Duration.ofSeconds(10));
    }

    @Test
    void theSinkTravelsToTheTaskManager() throws Exception {
        byte[] bytes = InstantiationUtil.serializeObject(new RingSink(settings(64 << 20)));
        Object copy = InstantiationUtil.deserializeObject(bytes, RingSink.class.getClassLoader());
        assertThat(copy).isInstanceOf(RingSink.class);
    }

    @Test
    void settingsThatCannotWorkAreRefusedWhereTheyAreMade() {
        assertThatThrownBy(() -> settings(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void subtasksShareTheDisksAndTheLastOneEndsThem() {
        RingSinkSettings settings = settings(64 << 20);
        SharedRing.Lease first = SharedRing.acquire(settings);
        SharedRing.Lease second = SharedRing.acquire(settings);
        assertThat(second.disks()).isSameAs(first.disks());
        first.close(Duration.ofSeconds(5));
        SharedRing.Lease third = SharedRing.acquire(settings);
        assertThat(third.disks()).isSameAs(second.disks());
        second.close(Duration.ofSeconds(5));
        third.close(Duration.ofSeconds(5));
        SharedRing.Lease fresh = SharedRing.acquire(settings);
        assertThat(fresh.disks()).isNotSameAs(third.disks());
        fresh.close(Duration.ofSeconds(5));
    }

    @Test
    void aWriterTakesEventsAndEnds() {
        RingSinkWriter writer =
                RingSinkWriter.start(settings(64 << 20), new UnregisteredMetricsGroup());
        writer.write(NEVER_REACHED, null);
        writer.flush(true);
        writer.close();
        assertThat(directory.resolve("recordings")).isEmptyDirectory();
    }
}
