package io.gapless.simulator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fault to come, as {@code CAMERA:FAULT@AFTER[+DURATION]}, for instance {@code
 * cam-2:reboot@30s+10s}, {@code cam-1:loss=5@1m}, {@code cam-3:resolution=640x360@500ms}.
 *
 * @param after the simulator's start
 * @param duration for good if empty
 */
record ScheduledFault(String camera, Fault fault, Duration after, Optional<Duration> duration) {
    static final String FAULTS =
            "reboot, freeze, refuse-password, garbage, garbage-replies, loss=PERCENT,"
                    + " resolution=WxH, fps-label=N";
    private static final Pattern FORM =
            Pattern.compile("([^:]+):([a-z-]+)(?:=([0-9x]+))?@([0-9a-z]+)(?:\\+([0-9a-z]+))?");
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h)");

    ScheduledFault {
        requireNonNull(camera, "camera is null");
        requireNonNull(fault, "fault is null");
    }

    static ScheduledFault parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a fault: CAMERA:FAULT@AFTER[+DURATION] is, with %s"
                            .formatted(text, FAULTS));
        }
        return new ScheduledFault(
                form.group(1),
                fault(form.group(2), Optional.ofNullable(form.group(3)).orElse("")),
                duration(form.group(4)),
                Optional.ofNullable(form.group(5)).map(ScheduledFault::duration));
    }

    private static Fault fault(String what, String value) {
        return switch (what) {
            case "reboot" -> new Fault.Reboot();
            case "freeze" -> new Fault.Freeze();
            case "refuse-password" -> new Fault.RefusePassword();
            case "garbage" -> new Fault.Garbage();
            case "garbage-replies" -> new Fault.GarbageReplies();
            case "loss" -> new Fault.PacketLoss(number(what, value));
            case "fps-label" -> new Fault.FrameRateLabel(number(what, value));
            case "resolution" -> resolution(value);
            default ->
                    throw new IllegalArgumentException(
                            "'%s' is none of the faults %s".formatted(what, FAULTS));
        };
    }

    private static int number(String what, String value) {
        if (!value.matches("\\d{1,6}")) {
            throw new IllegalArgumentException("'%s' needs =NUMBER".formatted(what));
        }
        return Integer.parseInt(value);
    }

    private static Fault resolution(String value) {
        if (!value.matches("\\d{1,5}x\\d{1,5}")) {
            throw new IllegalArgumentException("'resolution' needs =WIDTHxHEIGHT");
        }
        int x = value.indexOf('x');
        return new Fault.Resolution(
                Integer.parseInt(value.substring(0, x)), Integer.parseInt(value.substring(x + 1)));
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a duration such as 500ms, 30s or 2m".formatted(text));
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }
}
