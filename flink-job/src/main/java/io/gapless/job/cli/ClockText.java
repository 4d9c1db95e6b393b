package io.gapless.job.cli;

import io.gapless.rtp.clock.ClockReading;
import java.util.Locale;
import java.util.OptionalDouble;

/** A camera's clock, for a table; "-" for what is not known. */
record ClockText(String offset, String drift, String reports) {
    static ClockText of(ClockReading clock) {
        return new ClockText(
                text("%+.3f s", clock.cameraOffsetSeconds()),
                text("%+.1f ppm", clock.driftPpm()),
                clock.trust().name().toLowerCase(Locale.ROOT));
    }

    private static String text(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "-";
    }
}
