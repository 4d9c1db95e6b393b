package io.gapless.media.stitch;

import io.gapless.media.CameraId;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts what one RTSP session received as the recorder does: at key frames, at the cap, at losses,
 * which damage both sides up to the next key frame.
 */
final class Session {
    static final CameraId CAMERA = new CameraId("door");

    private final Scene scene;
    private final RunId run;
    private final String replica;
    private final Origin origin;
    private final Clock clock;
    private final int cap;

    private final List<Taken> taken = new ArrayList<>();
    private List<Integer> open = new ArrayList<>();
    private int sessionStart;
    private boolean damaged;
    private Optional<GapCause> gapBefore = Optional.of(GapCause.RECORDER_RESTART);

    /** A recorder's idea of the camera's time. */
    record Clock(long offset, double ppm) {
        long at(long time) {
            return time + offset + Math.round((time - Scene.EPOCH) * ppm / 1e6);
        }
    }

    Session(Scene scene, RunId run, String replica, Clock clock, int cap) {
        this.scene = scene;
        this.run = run;
        this.replica = replica;
        this.origin = replica.isEmpty() ? Origin.PRIMARY : Origin.REPLICA;
        this.clock = clock;
        this.cap = cap;
    }

    /**
     * Frames [from, to) but those lost.
     *
     * @param flushes whether the unfinished fragment at the end is kept
     */
    List<Taken> record(int from, int to, Set<Integer> lost, boolean flushes) {
        sessionStart = from;
        boolean started = false;
        boolean missed = false;
        for (int i = from; i < to; i++) {
            if (lost.contains(i)) {
                missed = started;
                damaged |= started && !open.isEmpty();
                continue;
            }
            started |= scene.isKey(i, sessionStart);
            if (started) {
                receive(i, missed);
                missed = false;
            }
        }
        if (flushes) {
            emit(-1);
        }
        return taken;
    }

    private void receive(int frame, boolean missed) {
        boolean key = scene.isKey(frame, sessionStart);
        if (missed) {
            emit(-1);
            gapBefore = Optional.of(GapCause.PACKET_LOSS);
            damaged = true;
        }
        if (key || open.size() >= cap) {
            emit(missed ? -1 : frame);
        }
        damaged &= !key;
        open.add(frame);
    }

    private void emit(int next) {
        if (open.isEmpty()) {
            return;
        }
        List<Long> times = open.stream().map(i -> clock.at(scene.times[i])).toList();
        long start = times.get(0);
        long end =
                next >= 0 ? clock.at(scene.times[next]) : times.get(times.size() - 1) + Scene.FRAME;
        FragmentHeader made =
                new FragmentHeader(
                        CAMERA,
                        run,
                        taken.size(),
                        new MediaTime(start),
                        end - start,
                        open.size(),
                        0,
                        scene.digest(open, run.value().getLeastSignificantBits()),
                        scene.isKey(open.get(0), sessionStart),
                        damaged,
                        gapBefore,
                        origin);
        FragmentHeader header = made.withClosed(next >= 0 && !damaged);
        int known = next >= 0 ? next : open.get(open.size() - 1) + 1;
        taken.add(new Taken(header, open, times, known, replica));
        open = new ArrayList<>();
        gapBefore = Optional.empty();
    }
}
