package io.gapless.archive.sink;

import io.gapless.archive.hold.VideoHold;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What the writers of one sink share within a process: the hold of video that the archive has not
 * acknowledged, so that its limits are the process's and cameras of all subtasks are treated alike.
 * Counted: the first writer makes it, the last one closes it.
 *
 * <p>The one static place of the sink; its lock guards the count and is never held for long.
 */
final class SharedHold {
    private static final Map<UUID, SharedHold> BY_SINK = new HashMap<>();

    private final UUID sink;
    private final VideoHold hold;
    private int users;

    private SharedHold(UUID sink, VideoHold hold) {
        this.sink = sink;
        this.hold = hold;
    }

    /**
     * One writer's share, to be {@linkplain #release released} once.
     *
     * @param sink names the sink within its job, the same for all subtasks and attempts
     */
    static SharedHold acquire(UUID sink, ArchiveSinkSettings settings) {
        synchronized (BY_SINK) {
            SharedHold shared =
                    BY_SINK.computeIfAbsent(
                            sink,
                            unknown ->
                                    new SharedHold(
                                            sink,
                                            VideoHold.start(
                                                    settings.limits(),
                                                    settings.spill(),
                                                    System::nanoTime)));
            shared.users++;
            return shared;
        }
    }

    VideoHold hold() {
        return hold;
    }

    void release() {
        synchronized (BY_SINK) {
            users--;
            if (users == 0) {
                BY_SINK.remove(sink);
                hold.close();
            }
        }
    }
}
