package io.gapless.rtp.clock;

/**
 * The arrival line: where the least delayed access units of the last minute lie. Delay only ever
 * adds, so the lower envelope of arrival over media time is the camera's RTP clock seen through the
 * quickest path ("least delayed frame wins", Moonfire NVR). Both axes in 1/90000 s: media time of
 * the track, arrival since the session's start.
 *
 * <p>The envelope is kept as the least delayed point of each second of arrival.
 */
final class ArrivalLine {
    private static final int WINDOW_SECONDS = 60;
    private static final int GROUP_SECONDS = 5;
    private static final int SHORT_SPAN_SECONDS = 12;
    private static final int LONG_SPAN_SECONDS = 50;
    private static final double SHORT_SPAN_THRESHOLD = 0.05;
    private static final double LONG_SPAN_THRESHOLD = 0.01;
    private static final double STEEPEST = 50;

    private final long[] media = new long[WINDOW_SECONDS];
    private final long[] arrival = new long[WINDOW_SECONDS];
    private long firstSecond;
    private long newestSecond;
    private boolean empty = true;

    void clear() {
        empty = true;
    }

    boolean isEmpty() {
        return empty;
    }

    void add(long mediaTicks, long arrivalTicks) {
        long second = Math.floorDiv(arrivalTicks, Ticks.SECOND);
        if (empty) {
            empty = false;
            firstSecond = second;
            newestSecond = second;
            put(second, mediaTicks, arrivalTicks);
        } else if (second > newestSecond) {
            markEmpty(newestSecond + 1, second);
            newestSecond = second;
            put(second, mediaTicks, arrivalTicks);
        } else if (arrivalTicks - mediaTicks < delay(newestSecond)) {
            put(newestSecond, mediaTicks, arrivalTicks);
        }
    }

    /**
     * When media of time {@code mediaTicks} arrives if it is not delayed.
     *
     * @param slope arrival time per media time, 1 for an honest camera
     */
    long at(long mediaTicks, double slope) {
        long least = Long.MAX_VALUE;
        for (long s = oldestSecond(); s <= newestSecond; s++) {
            if (isPresent(s)) {
                long fromHere =
                        arrival[slot(s)] + Math.round(slope * (mediaTicks - media[slot(s)]));
                least = Math.min(least, fromHere);
            }
        }
        return least;
    }

    /**
     * Arrival time per media time: 1 unless the camera's RTP rate is plainly wrong (a camera that
     * says 25 frames a second and sends 21, open-nvr#229), by more than 5 % over 12 s or 1 % over
     * 50 s, in both halves of the span alike, which congestion is not.
     */
    double slope() {
        long seconds = newestSecond - oldestSecond() + 1;
        if (empty || seconds < SHORT_SPAN_SECONDS) {
            return 1;
        }
        long begin = leastDelayed(oldestSecond());
        long middle = leastDelayed(oldestSecond() + (seconds - GROUP_SECONDS) / 2);
        long end = leastDelayed(newestSecond - GROUP_SECONDS + 1);
        double threshold = seconds < LONG_SPAN_SECONDS ? SHORT_SPAN_THRESHOLD : LONG_SPAN_THRESHOLD;
        double first = slope(begin, middle) - 1;
        double second = slope(middle, end) - 1;
        boolean wrong = Math.min(first, second) > threshold || Math.max(first, second) < -threshold;
        return wrong ? slope(begin, end) : 1;
    }

    private double slope(long fromSecond, long toSecond) {
        if (!isPresent(fromSecond) || !isPresent(toSecond)) {
            return 1;
        }
        double mediaTicks = media[slot(toSecond)] - media[slot(fromSecond)];
        double arrivalTicks = arrival[slot(toSecond)] - arrival[slot(fromSecond)];
        boolean sane = mediaTicks > 0 && arrivalTicks > 0;
        double slope = sane ? arrivalTicks / mediaTicks : 1;
        return slope < STEEPEST && slope > 1 / STEEPEST ? slope : 1;
    }

    private long leastDelayed(long fromSecond) {
        long best = fromSecond;
        for (long s = fromSecond; s < fromSecond + GROUP_SECONDS; s++) {
            if (isPresent(s) && (!isPresent(best) || delay(s) < delay(best))) {
                best = s;
            }
        }
        return best;
    }

    private long oldestSecond() {
        return Math.max(firstSecond, newestSecond - WINDOW_SECONDS + 1);
    }

    private void markEmpty(long fromSecond, long toSecond) {
        for (long s = Math.max(fromSecond, toSecond - WINDOW_SECONDS + 1); s <= toSecond; s++) {
            arrival[slot(s)] = Long.MIN_VALUE;
        }
    }

    private boolean isPresent(long second) {
        return arrival[slot(second)] != Long.MIN_VALUE;
    }

    private long delay(long second) {
        return arrival[slot(second)] - media[slot(second)];
    }

    private void put(long second, long mediaTicks, long arrivalTicks) {
        media[slot(second)] = mediaTicks;
        arrival[slot(second)] = arrivalTicks;
    }

    private static int slot(long second) {
        return Math.floorMod(second, WINDOW_SECONDS);
    }
}
