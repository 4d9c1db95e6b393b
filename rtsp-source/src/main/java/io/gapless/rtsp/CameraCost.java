package io.gapless.rtsp;

import java.util.Optional;

/**
 * What one session costs the process, against what it may: much more than any honest camera takes,
 * little enough that those beside it do not notice. A session that has cost more is to be ended;
 * the back-off before the next one bounds what the camera costs in the long run.
 *
 * <p>Owned by the session's event loop.
 */
final class CameraCost {
    /** 400 Mbit/s; a camera may have kept back what a network did not take for a while. */
    private static final long BYTES_AT_ONCE = 128L << 20;

    private static final long BYTES_PER_MINUTE = 60 * 50_000_000L;

    /**
     * Each is an event, some objects and a write, however small; some cameras send key frames only.
     */
    private static final long FRAGMENTS_AT_ONCE = 4000;

    private static final long FRAGMENTS_PER_MINUTE = 60 * 120L;

    /** Each begins a recording, which is a file of the archive. */
    private static final long CONFIGURATIONS_AT_ONCE = 20;

    private static final long CONFIGURATIONS_PER_MINUTE = 6;

    private final Allowance bytes;
    private final Allowance fragments;
    private final Allowance configurations;
    private Optional<String> excess = Optional.empty();

    CameraCost(long nowNanos) {
        bytes = new Allowance(BYTES_AT_ONCE, BYTES_PER_MINUTE, nowNanos);
        fragments = new Allowance(FRAGMENTS_AT_ONCE, FRAGMENTS_PER_MINUTE, nowNanos);
        configurations = new Allowance(CONFIGURATIONS_AT_ONCE, CONFIGURATIONS_PER_MINUTE, nowNanos);
    }

    void received(int count, long nowNanos) {
        if (!bytes.take(count, nowNanos)) {
            exceed("sends more than 400 Mbit/s");
        }
    }

    void fragment(long nowNanos) {
        if (!fragments.take(1, nowNanos)) {
            exceed("sends more than 120 groups of pictures a second");
        }
    }

    void configuration(long nowNanos) {
        if (!configurations.take(1, nowNanos)) {
            exceed("changes its parameter sets more than 6 times a minute");
        }
    }

    private void exceed(String sentence) {
        if (excess.isEmpty()) {
            excess = Optional.of(sentence);
        }
    }

    boolean isTooHigh() {
        return excess.isPresent();
    }

    /** What the camera does too much, continuing "camera x ..."; empty as long as all is well. */
    Optional<String> excess() {
        return excess;
    }
}
