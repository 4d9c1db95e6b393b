package io.gapless.system.fire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Faults one after the other, each of which ends before the next begins.
 *
 * @param from when the first may begin
 * @param away how long a fault lasts, shortest and longest
 * @param pause from the end of one to the begin of the next, shortest and longest
 */
record RandomFaults(int times, Duration from, Range away, Range pause, List<Fault> choose) {
    /** From one duration to another. */
    record Range(Duration shortest, Duration longest) {
        Duration any(Random random) {
            long span = longest.minus(shortest).toMillis();
            return shortest.plusMillis(span == 0 ? 0 : random.nextLong(span));
        }
    }

    /**
     * A fault and its end.
     *
     * @param percent of what the verb says
     */
    record Fault(Verb begin, Verb end, String target, double percent) {}

    /** The same for the same seed. */
    List<Step> steps(long seed) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        Duration at = from;
        for (int i = 0; i < times; i++) {
            Fault fault = choose.get(random.nextInt(choose.size()));
            steps.add(new Step(at, fault.begin(), fault.target(), fault.percent(), false));
            at = at.plus(away.any(random));
            steps.add(new Step(at, fault.end(), fault.target(), 0, false));
            at = at.plus(pause.any(random));
        }
        return steps;
    }
}
