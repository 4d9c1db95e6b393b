package io.gapless.archive;

import io.gapless.media.CameraId;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.Interruption;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one camera's events and remembers what it sent. */
final class TestCamera {
    private final CameraId id;
    private final MediaMemory memory;
    private final List<FragmentHeader> sent = new ArrayList<>();
    private TestVideo video;
    private MediaTime time;
    private RunId run = RunId.random();
    private long sequence;
    private Optional<GapCause> gap = Optional.of(GapCause.UNKNOWN);

    TestCamera(String id, TestVideo video, MediaMemory memory, Instant start) {
        this.id = new CameraId(id);
        this.video = video;
        this.memory = memory;
        this.time = MediaTime.of(start);
    }

    CameraId id() {
        return id;
    }

    List<FragmentHeader> sent() {
        return sent;
    }

    Fragment next() {
        Fragment fragment = video.fragment(memory, id, run, sequence++, time, gap);
        gap = Optional.empty();
        time = fragment.header().end();
        sent.add(fragment.header());
        return fragment;
    }

    /** The next fragment as a fill, at another place and perhaps of a run before. */
    Fragment fill(MediaTime start) {
        Fragment fragment = next();
        FragmentHeader header = fragment.header();
        FragmentHeader placed =
                header.placed(
                        start,
                        header.durationTicks90k(),
                        header.gapBefore(),
                        Origin.REPLICA,
                        header.seam());
        sent.set(sent.size() - 1, placed);
        return fragment.withHeader(placed);
    }

    Interruption interrupted(GapCause cause) {
        return new Interruption(id, time, cause, "as the test wants it");
    }

    /** A new session, later. */
    void reconnect(long ticks, GapCause cause) {
        run = RunId.random();
        sequence = 0;
        time = time.plusTicks(ticks);
        gap = Optional.of(cause);
    }

    void changeVideo(TestVideo changed) {
        video = changed;
    }
}
