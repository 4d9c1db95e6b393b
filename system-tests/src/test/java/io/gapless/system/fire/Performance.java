package io.gapless.system.fire;

import java.time.Duration;
import java.util.Optional;

/**
 * A scenario that was played and is still to be judged.
 *
 * @param whole how long after the last step no gap was open any more
 */
record Performance(Scenario scenario, Play play, Optional<Duration> whole, Samples samples) {}
