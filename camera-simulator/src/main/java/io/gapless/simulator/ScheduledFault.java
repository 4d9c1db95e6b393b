package io.gapless.simulator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fault to come, as {@code CAMERA[:SIDE]:FAULT@AFTER[+DURATION]}, for instance {@code
 * cam-2:reboot@30s+10s}, {@code cam-1:replica:loss=5@1m}, {@code cam-3:resolution=640x360@500ms}.
 *
 * @param side both if empty
 * @param after the simulator's start
 * @param duration for good if empty
 */
record ScheduledFault(
        String camera,
        Optional<Side> side,
        Fault fault,
        Duration after,
        Optional<Duration> duration) {
    static final String FAULTS =
            "reboot, freeze, refuse-password, garbage, garbage-replies, loss=PERCENT or"
                    + " PERCENTxBURST, resolution=WxH, fps-label=N, clock-step=DURATION; SIDE is"
                    + " primary or replica";
    private static final Pattern FORM =
            Pattern.compile(
                    "([^:]+)(?::(primary|replica))?:([a-z-]+)(?:=([-0-9a-z.]+))?"
                            + "@([0-9a-z]+)(?:\\+([0-9a-z]+))?");
    private static final Pattern LOSS =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,4})?)(?:x(\\d{1,4}))?");

    ScheduledFault {
        requireNonNull(camera, "camera is null");
        requireNonNull(fault, "fault is null");
        if (side.isPresent()) {
            SimulatedCameras.requireOneSided(fault);
        }
    }

    static ScheduledFault parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a fault: CAMERA[:SIDE]:FAULT@AFTER[+DURATION] is, with %s"
                            .formatted(text, FAULTS));
        }
        return new ScheduledFault(
                form.group(1),
                Optional.ofNullable(form.group(2)).map(ScheduledFault::side),
                fault(form.group(3), Optional.ofNullable(form.group(4)).orElse("")),
                Quantities.duration(form.group(5)),
                Optional.ofNullable(form.group(6)).map(Quantities::duration));
    }

    private static Side side(String text) {
        return Side.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static Fault fault(String what, String value) {
        return switch (what) {
            case "reboot" -> new Fault.Reboot();
            case "freeze" -> new Fault.Freeze();
            case "refuse-password" -> new Fault.RefusePassword();
            case "garbage" -> new Fault.Garbage();
            case "garbage-replies" -> new Fault.GarbageReplies();
            case "loss" -> loss(value);
            case "clock-step" -> new Fault.ClockStep(Quantities.signedDuration(value));
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

    private static Fault loss(String value) {
        Matcher loss = LOSS.matcher(value);
        if (!loss.matches()) {
            throw new IllegalArgumentException("'loss' needs =PERCENT or =PERCENTxBURST");
        }
        int burst = loss.group(2) == null ? 1 : Integer.parseInt(loss.group(2));
        return new Fault.PacketLoss(Double.parseDouble(loss.group(1)), burst, OptionalLong.empty());
    }

    private static Fault resolution(String value) {
        if (!value.matches("\\d{1,5}x\\d{1,5}")) {
            throw new IllegalArgumentException("'resolution' needs =WIDTHxHEIGHT");
        }
        int x = value.indexOf('x');
        return new Fault.Resolution(
                Integer.parseInt(value.substring(0, x)), Integer.parseInt(value.substring(x + 1)));
    }
}
