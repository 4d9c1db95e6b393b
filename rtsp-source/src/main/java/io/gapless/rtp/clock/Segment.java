package io.gapless.rtp.clock;

/**
 * How media time becomes UTC from one GOP start on: from the anchor with the slope of the camera's
 * clock, and a correction spread evenly over the first {@code spreadTicks} and complete after them,
 * so that however long the GOP is it cannot overshoot. Strictly increasing, apart from rounding.
 *
 * @param mediaTicks the anchor's media time
 * @param utcTicks the anchor's UTC
 * @param slope UTC per media time; exactly 1 for an honest camera, so that durations are exact
 * @param correctionTicks what is to be made up, of either sign
 * @param spreadTicks over how much media time; positive
 */
record Segment(
        long mediaTicks, long utcTicks, double slope, long correctionTicks, long spreadTicks) {
    /** Less than this is left alone, so that durations stay as the camera gave them. */
    static final long DEAD_BAND = Ticks.MILLISECOND;

    private static final double SLEW = 500e-6;

    /** Durations of a camera with a wrong rate are wrong anyway; so it catches up faster. */
    private static final double SLEW_OF_WRONG_RATE = 0.03;

    private static final long SOFT_SPREAD = 10 * Ticks.SECOND;

    static Segment anchored(long mediaTicks, long utcTicks, double slope) {
        return new Segment(mediaTicks, utcTicks, slope, 0, 1);
    }

    /** A segment from the anchor on which makes up for {@code error}. */
    static Segment correcting(long mediaTicks, long utcTicks, double slope, long error) {
        long correction = Math.abs(error) <= DEAD_BAND ? 0 : error;
        double slew = slope == 1 ? SLEW : SLEW_OF_WRONG_RATE;
        long spread = Math.max(SOFT_SPREAD, (long) Math.ceil(Math.abs(correction) / slew));
        return new Segment(mediaTicks, utcTicks, slope, correction, spread);
    }

    Segment shifted(long ticks) {
        return new Segment(mediaTicks, utcTicks + ticks, slope, correctionTicks, spreadTicks);
    }

    long at(long media) {
        long sinceAnchor = media - mediaTicks;
        long corrected = Math.max(0, Math.min(sinceAnchor, spreadTicks));
        return utcTicks
                + Math.round(
                        slope * sinceAnchor + (double) correctionTicks * corrected / spreadTicks);
    }
}
