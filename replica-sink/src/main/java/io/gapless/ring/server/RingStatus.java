package io.gapless.ring.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gapless.media.CameraId;
import io.gapless.media.MediaTime;
import io.gapless.media.TimeRange;
import io.gapless.ring.RingContents;
import io.gapless.ring.RingIndex;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What a ring holds, in one look, for people. Looks at every file, so it does that only every few
 * seconds, however often it is asked. Safe for any number of threads, of which one looks.
 */
final class RingStatus {
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final TimeRange NOTHING = new TimeRange(new MediaTime(0), new MediaTime(0));

    private final RingIndex index;
    private final LongSupplier nanoTicker;
    private long lookedNanos;
    private Optional<byte[]> last = Optional.empty();

    RingStatus(RingIndex index, LongSupplier nanoTicker) {
        this.index = index;
        this.nanoTicker = nanoTicker;
    }

    synchronized byte[] json() throws IOException {
        long now = nanoTicker.getAsLong();
        if (last.isEmpty() || now - lookedNanos > KEPT.toNanos()) {
            last = Optional.of(look());
            lookedNanos = now;
        }
        return last.get();
    }

    private byte[] look() throws IOException {
        List<RingContents> cameras = new ArrayList<>();
        for (CameraId camera : index.cameras()) {
            cameras.add(index.read(camera, NOTHING));
        }
        long bytes = index.bytes();
        return Documents.object(json -> write(json, cameras, bytes));
    }

    private static void write(JsonGenerator json, List<RingContents> cameras, long bytes)
            throws IOException {
        json.writeNumberField("version", Documents.VERSION);
        time(json, "oldest", best(cameras, RingContents::oldest, MediaTime::min));
        time(json, "newest", best(cameras, RingContents::newest, MediaTime::max));
        json.writeNumberField("bytes", bytes);
        json.writeArrayFieldStart("cameras");
        for (RingContents camera : cameras) {
            json.writeStartObject();
            json.writeStringField("camera", camera.camera().value());
            time(json, "oldest", camera.oldest());
            time(json, "newest", camera.newest());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static Optional<MediaTime> best(
            List<RingContents> cameras,
            Function<RingContents, Optional<MediaTime>> of,
            BinaryOperator<MediaTime> better) {
        return cameras.stream().map(of).flatMap(Optional::stream).reduce(better);
    }

    private static void time(JsonGenerator json, String name, Optional<MediaTime> time)
            throws IOException {
        if (time.isPresent()) {
            json.writeStringField(name, time.get().toString());
        }
    }
}
