package io.gapless.rtp.clock;

/**
 * The camera's own line: the wall clock of its sender reports over the track's media time. A report
 * counts if its year is not before 2016 and it continues the line of the report before; one that
 * does not is set aside, and if the next one continues <em>it</em>, the camera's clock was set: a
 * step.
 */
final class CameraLine {
    private static final long YEAR_2016 = 1_451_606_400L * Ticks.SECOND;
    private static final long TOLERANCE = 20 * Ticks.MILLISECOND;
    private static final double TOLERANCE_PER_TICK = 500e-6;
    private static final double TOLERANCE_PER_TICK_OF_WRONG_RATE = 0.01;
    private static final long STALE = 120 * Ticks.SECOND;
    private static final int CONFIRMATIONS = 2;

    private record Report(long mediaTicks, long utcTicks) {
        long at(long media, double slope) {
            return utcTicks + Math.round(slope * (media - mediaTicks));
        }

        boolean isContinuedBy(Report next, double slope) {
            double perTick = slope == 1 ? TOLERANCE_PER_TICK : TOLERANCE_PER_TICK_OF_WRONG_RATE;
            double tolerance = TOLERANCE + perTick * Math.abs(next.mediaTicks - mediaTicks);
            return Math.abs(next.utcTicks - at(next.mediaTicks, slope)) <= tolerance;
        }
    }

    /** What became of a report. */
    enum Verdict {
        ACCEPTED,
        STEPPED,
        REJECTED
    }

    private Report accepted;
    private Report setAside;
    private int confirmations;

    /** Forgets all reports: the media time they speak of is no longer counted. */
    void clear() {
        accepted = null;
        setAside = null;
        confirmations = 0;
    }

    Verdict report(long mediaTicks, long utcTicks, double slope) {
        Report report = new Report(mediaTicks, utcTicks);
        if (utcTicks < YEAR_2016) {
            return Verdict.REJECTED;
        }
        if (accepted == null) {
            return accept(report, Verdict.ACCEPTED);
        }
        if (accepted.isContinuedBy(report, slope)) {
            confirmations = slope == 1 ? confirmations + 1 : 0;
            return accept(report, Verdict.ACCEPTED);
        }
        confirmations = 0;
        if (setAside != null && setAside.isContinuedBy(report, slope)) {
            return accept(report, Verdict.STEPPED);
        }
        setAside = report;
        return Verdict.REJECTED;
    }

    boolean isPresent() {
        return accepted != null;
    }

    /** Whether a report was accepted within the two minutes before {@code mediaTicks}. */
    boolean isFresh(long mediaTicks) {
        return accepted != null && mediaTicks - accepted.mediaTicks() <= STALE;
    }

    /** Whether recent reports prove that the RTP rate is what it should be. */
    boolean confirmsRate(long mediaTicks) {
        return confirmations >= CONFIRMATIONS && isFresh(mediaTicks);
    }

    /** The camera's UTC at {@code mediaTicks}; only if {@link #isPresent}. */
    long at(long mediaTicks, double slope) {
        return accepted.at(mediaTicks, slope);
    }

    private Verdict accept(Report report, Verdict verdict) {
        accepted = report;
        setAside = null;
        return verdict;
    }
}
