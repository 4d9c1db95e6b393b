package io.gapless.job.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The table that {@code nvr up} shows, at most 100 columns wide. In a terminal it is drawn over
 * itself; elsewhere it is printed again from time to time. One thread.
 */
final class LiveTable {
    private static final String PRIMARY = "%-20s %-10s";
    private static final String REPLICA = " %-12s";
    private static final String RECEIVED = " %9s %7s %9s %7s";
    private static final String BACKFILL = "  %s";
    private static final long TERMINAL_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long FILE_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long STALE_NANOS = Duration.ofSeconds(15).toNanos();

    /** What was known when the number of bytes last changed: metrics come more rarely than rows. */
    private record Sample(long bytes, long nanos, String rate) {
        Sample next(long newBytes, long nowNanos) {
            if (newBytes == bytes) {
                return nowNanos - nanos < STALE_NANOS ? this : new Sample(bytes, nanos, "0.0");
            }
            double bits = Math.max(0, newBytes - bytes) * 8.0;
            double seconds = (nowNanos - nanos) / 1e9;
            return new Sample(newBytes, nowNanos, "%.1f".formatted(bits / 1e6 / seconds));
        }
    }

    private final PrintStream out;
    private final boolean terminal;
    private final Map<String, Sample> before = new HashMap<>();
    private int linesDrawn;
    private Optional<Long> drawnNanos = Optional.empty();

    LiveTable(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    boolean isDue(long nowNanos) {
        long interval = terminal ? TERMINAL_NANOS : FILE_NANOS;
        return drawnNanos.map(last -> nowNanos - last >= interval).orElse(true);
    }

    /** Prints a line that stays above the table. */
    void say(String line) {
        erase();
        out.println(line);
        out.flush();
    }

    /**
     * Nothing is drawn as long as no camera is known.
     *
     * @param replicas none if there are none
     */
    void draw(RecorderStatus primary, List<RecorderStatus> replicas, long nowNanos) {
        erase();
        SortedSet<String> cameras = new TreeSet<>(primary.cameras().keySet());
        replicas.forEach(replica -> cameras.addAll(replica.cameras().keySet()));
        if (cameras.isEmpty()) {
            return;
        }
        header(!replicas.isEmpty());
        cameras.forEach(camera -> row(camera, primary, replicas, nowNanos));
        linesDrawn = 1 + cameras.size() + footer(primary.lostSeconds());
        out.flush();
        drawnNanos = Optional.of(nowNanos);
    }

    private void header(boolean withReplicas) {
        out.printf(PRIMARY, "CAMERA", withReplicas ? "PRIMARY" : "STATE");
        if (withReplicas) {
            out.printf(REPLICA, "REPLICA");
        }
        out.printf(RECEIVED, "FRAMES", "MBIT/S", "LOST PKTS", "REDIALS");
        if (withReplicas) {
            out.printf(BACKFILL, "BACKFILL");
        }
        out.println();
    }

    private void row(
            String camera, RecorderStatus primary, List<RecorderStatus> replicas, long nowNanos) {
        Optional<CameraStatus> received = primary.camera(camera);
        out.printf(PRIMARY, camera, primary.state(camera));
        if (!replicas.isEmpty()) {
            out.printf(REPLICA, replicaState(camera, replicas));
        }
        out.printf(
                RECEIVED,
                text(received.map(CameraStatus::frames)),
                received.map(status -> rate(camera, status, nowNanos)).orElse("-"),
                text(received.map(CameraStatus::lostPackets)),
                text(received.map(CameraStatus::reconnects)));
        if (!replicas.isEmpty()) {
            out.printf(BACKFILL, received.map(LiveTable::backfill).orElse("-"));
        }
        out.println();
    }

    private static String text(Optional<Long> number) {
        return number.map(n -> Long.toString(n)).orElse("-");
    }

    private String rate(String camera, CameraStatus status, long nowNanos) {
        return before.compute(
                        camera,
                        (id, last) ->
                                last == null
                                        ? new Sample(status.receivedBytes(), nowNanos, "-")
                                        : last.next(status.receivedBytes(), nowNanos))
                .rate();
    }

    private static String replicaState(String camera, List<RecorderStatus> replicas) {
        List<String> states = replicas.stream().map(replica -> replica.state(camera)).toList();
        if (states.stream().distinct().count() == 1) {
            return states.get(0);
        }
        long live = states.stream().filter("live"::equals).count();
        return "%d of %d live".formatted(live, states.size());
    }

    private static String backfill(CameraStatus status) {
        return status.openGaps() > 0
                ? "%d open, %d s".formatted(status.openGaps(), status.openSeconds())
                : "whole";
    }

    /** Something for ever missing must not be overlooked. */
    private int footer(long lostSeconds) {
        if (lostSeconds == 0) {
            return 0;
        }
        out.printf("%d s of video are lost; `nvr timeline CAMERA` shows where%n", lostSeconds);
        return 1;
    }

    private void erase() {
        if (terminal && linesDrawn > 0) {
            // The terminal has echoed a Ctrl-C, perhaps.
            out.printf("\r\033[%dA\033[J", linesDrawn);
        }
        linesDrawn = 0;
    }
}
