package io.gapless.job.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table that {@code nvr up} shows. In a terminal it is drawn over itself; elsewhere it is
 * printed again from time to time. One thread.
 */
final class LiveTable {
    private static final String ROW = "%-20s %-12s %12s %12s %10s %12s%n";
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

    void draw(List<CameraStatus> cameras, long nowNanos) {
        erase();
        out.printf(ROW, "CAMERA", "STATE", "FRAMES", "MBIT/S", "LOST PKTS", "RECONNECTS");
        cameras.forEach(camera -> row(camera, nowNanos));
        out.flush();
        linesDrawn = cameras.size() + 1;
        drawnNanos = Optional.of(nowNanos);
    }

    private void row(CameraStatus camera, long nowNanos) {
        Sample sample =
                before.compute(
                        camera.camera(),
                        (id, last) ->
                                last == null
                                        ? new Sample(camera.receivedBytes(), nowNanos, "-")
                                        : last.next(camera.receivedBytes(), nowNanos));
        out.printf(
                ROW,
                camera.camera(),
                state(camera),
                camera.frames(),
                sample.rate(),
                camera.lostPackets(),
                camera.reconnects());
    }

    private static String state(CameraStatus camera) {
        if (camera.openGapSeconds() > 0) {
            return "gap " + camera.openGapSeconds() + " s";
        }
        return camera.lastFrameAgeMillis() < 0 ? "connecting" : "live";
    }

    private void erase() {
        if (terminal && linesDrawn > 0) {
            // The terminal has echoed a Ctrl-C, perhaps.
            out.printf("\r\033[%dA\033[J", linesDrawn);
        }
        linesDrawn = 0;
    }
}
