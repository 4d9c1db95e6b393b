package io.gapless.rtp.clock;

import java.util.OptionalDouble;

/** How much faster than ours a camera's RTP clock runs, measured along the arrival line. */
final class DriftMeter {
    /** The line's first minute still gets closer to the quickest path. */
    private static final long SETTLING = 60 * Ticks.SECOND;

    private static final long SHORTEST_BASE = 60 * Ticks.SECOND;

    private long startMedia = Long.MIN_VALUE;
    private long baseMedia = Long.MIN_VALUE;
    private long baseArrival;
    private OptionalDouble ppm = OptionalDouble.empty();

    void clear() {
        startMedia = Long.MIN_VALUE;
        baseMedia = Long.MIN_VALUE;
        ppm = OptionalDouble.empty();
    }

    void measure(long mediaTicks, long lineTicks) {
        if (startMedia == Long.MIN_VALUE) {
            startMedia = mediaTicks;
        } else if (baseMedia == Long.MIN_VALUE && mediaTicks - startMedia >= SETTLING) {
            baseMedia = mediaTicks;
            baseArrival = lineTicks;
        } else if (baseMedia != Long.MIN_VALUE && mediaTicks - baseMedia >= SHORTEST_BASE) {
            double ours = lineTicks - baseArrival;
            ppm = OptionalDouble.of((mediaTicks - baseMedia - ours) / ours * 1e6);
        }
    }

    /** Empty until it has been measured for two minutes. */
    OptionalDouble ppm() {
        return ppm;
    }
}
