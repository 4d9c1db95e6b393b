package io.gapless.system.fire;

import io.gapless.system.fire.Play.Done;
import io.gapless.system.fire.Stretch.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Cameras by time, as text. */
final class TextTimeLine {
    private static final int MOST_COLUMNS = 120;
    private static final int NAME_WIDTH = 10;
    private static final int TICK_EVERY = 10;
    private static final String SIGNS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final Outcome outcome;
    private final Instant begin;
    private final double secondsPerColumn;
    private final int columns;

    TextTimeLine(Outcome outcome) {
        this.outcome = outcome;
        this.begin = outcome.play().begin();
        double seconds = Player.seconds(begin, outcome.play().end());
        this.secondsPerColumn = Math.max(1, Math.ceil(seconds / MOST_COLUMNS));
        this.columns = (int) Math.ceil(seconds / secondsPerColumn);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        line(text, "seconds", axis());
        line(text, "faults", faults());
        for (CameraVerdict camera : outcome.cameras()) {
            line(text, camera.camera(), row(camera.stretches()));
        }
        text.append(
                Arrays.stream(Fate.values())
                        .map(fate -> fate.sign() + " " + fate.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining("   ", " ".repeat(NAME_WIDTH), "\n")));
        List<Done> done = outcome.play().done();
        for (int i = 0; i < done.size(); i++) {
            text.append(
                    "%s%s  %.1f s  %s%n"
                            .formatted(
                                    " ".repeat(NAME_WIDTH),
                                    letter(i),
                                    Player.seconds(begin, done.get(i).at()),
                                    done.get(i)));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String content) {
        text.append(("%-" + NAME_WIDTH + "s%s%n").formatted(name, content));
    }

    private String axis() {
        StringBuilder axis = new StringBuilder();
        for (int column = 0; column < columns; column += TICK_EVERY) {
            axis.append(
                    ("%-" + TICK_EVERY + "s")
                            .formatted("|" + Math.round(column * secondsPerColumn)));
        }
        return axis.toString();
    }

    private String faults() {
        char[] marks = " ".repeat(columns).toCharArray();
        List<Done> done = outcome.play().done();
        for (int i = 0; i < done.size(); i++) {
            marks[column(done.get(i).at())] = letter(i);
        }
        return new String(marks);
    }

    private static char letter(int number) {
        return SIGNS.charAt(number % SIGNS.length());
    }

    private String row(List<Stretch> stretches) {
        Fate[] worst = new Fate[columns];
        for (Stretch stretch : stretches) {
            int from = column(stretch.from());
            int to = column(stretch.to().minus(Duration.ofMillis(1)));
            for (int column = from; column <= to; column++) {
                if (worst[column] == null || stretch.fate().compareTo(worst[column]) > 0) {
                    worst[column] = stretch.fate();
                }
            }
        }
        StringBuilder row = new StringBuilder();
        for (Fate fate : worst) {
            row.append(fate == null ? ' ' : fate.sign());
        }
        return row.toString();
    }

    private int column(Instant moment) {
        int column = (int) (Player.seconds(begin, moment) / secondsPerColumn);
        return Math.max(0, Math.min(columns - 1, column));
    }
}
