package io.gapless.system.fire;

import java.time.Duration;

/**
 * One thing that happens in a scenario.
 *
 * @param at after the scenario's begin
 * @param target a process, a group of processes, a link or a group of links
 * @param percent of what the verb says, 0 if it needs none
 * @param timed whether the time until all is recorded again counts from here
 */
record Step(Duration at, Verb verb, String target, double percent, boolean timed) {
    @Override
    public String toString() {
        String amount = percent == 0 ? "" : " %.3g %%".formatted(percent);
        return verb.word() + " " + target + amount;
    }
}
