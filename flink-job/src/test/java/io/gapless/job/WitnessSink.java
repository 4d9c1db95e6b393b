package io.gapless.job;

import io.gapless.media.CameraEvent;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Tells the test what arrives, and where, and releases it. */
final class WitnessSink implements Sink<CameraEvent> {
    private static final long serialVersionUID = 1L;
    private static final Map<UUID, BlockingQueue<Seen>> QUEUES = new ConcurrentHashMap<>();

    private final UUID id = UUID.randomUUID();

    /** One event as it arrived; an interruption has neither run nor fragment. */
    record Seen(
            String camera,
            int subtask,
            int attempt,
            Optional<FragmentHeader> fragment,
            Optional<GapCause> cause) {}

    WitnessSink() {
        QUEUES.put(id, new LinkedBlockingQueue<>());
    }

    @Override
    public SinkWriter<CameraEvent> createWriter(WriterInitContext context) {
        int subtask = context.getTaskInfo().getIndexOfThisSubtask();
        int attempt = context.getTaskInfo().getAttemptNumber();
        BlockingQueue<Seen> queue = QUEUES.get(id);
        return new SinkWriter<>() {
            @Override
            public void write(CameraEvent event, Context unused) {
                queue.add(seen(event, subtask, attempt));
                if (event instanceof Fragment fragment) {
                    fragment.release();
                }
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }

    private static Seen seen(CameraEvent event, int subtask, int attempt) {
        Optional<FragmentHeader> header =
                event instanceof Fragment fragment
                        ? Optional.of(fragment.header())
                        : Optional.empty();
        Optional<GapCause> cause =
                event instanceof Interruption interruption
                        ? Optional.of(interruption.cause())
                        : header.flatMap(FragmentHeader::gapBefore);
        return new Seen(event.camera().value(), subtask, attempt, header, cause);
    }

    /** The next event that {@code matches}; those before it are forgotten. */
    Seen await(Predicate<Seen> matches) throws InterruptedException {
        while (true) {
            Seen seen = next();
            if (matches.test(seen)) {
                return seen;
            }
        }
    }

    Seen next() throws InterruptedException {
        Seen seen = QUEUES.get(id).poll(30, TimeUnit.SECONDS);
        if (seen == null) {
            throw new AssertionError("nothing arrived within 30 s");
        }
        return seen;
    }
}
