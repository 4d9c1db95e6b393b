package io.gapless.system.fire;

import com.google.errorprone.annotations.FormatMethod;
import io.gapless.system.fire.Play.Done;
import io.gapless.system.fire.Stretch.Fate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Cameras by time, as a picture. */
final class SvgTimeLine {
    private static final int LEFT = 90;
    private static final int WIDTH = 1000;
    private static final int TOP = 46;
    private static final int ROW = 22;
    private static final int TICKS = 10;
    private static final int LEGEND_STEP = 130;

    private final Outcome outcome;
    private final Instant begin;
    private final double seconds;
    private final int bottom;
    private final StringBuilder svg = new StringBuilder();

    SvgTimeLine(Outcome outcome) {
        this.outcome = outcome;
        this.begin = outcome.play().begin();
        this.seconds = Player.seconds(begin, outcome.play().end());
        this.bottom = TOP + ROW * outcome.cameras().size();
    }

    @Override
    public String toString() {
        List<Done> done = outcome.play().done();
        int height = bottom + 50 + 16 * done.size();
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">",
                LEFT + WIDTH + 30, height);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
        text(10, 18, "%s".formatted(outcome.scenario().title()));
        for (int i = 0; i < outcome.cameras().size(); i++) {
            row(outcome.cameras().get(i), TOP + ROW * i);
        }
        axis();
        for (int i = 0; i < done.size(); i++) {
            fault(i, done.get(i));
        }
        legend();
        return svg.append("</svg>\n").toString();
    }

    private void row(CameraVerdict camera, int y) {
        text(10, y + 15, camera.camera());
        for (Stretch stretch : camera.stretches()) {
            double from = x(stretch.from());
            double width = Math.max(0.5, x(stretch.to()) - from);
            add(
                    "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                    from, y, width, ROW - 4, stretch.fate().colour());
        }
    }

    private void axis() {
        for (int i = 0; i <= TICKS; i++) {
            int x = LEFT + WIDTH * i / TICKS;
            add(
                    "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#888888\"/>",
                    x, bottom, x, bottom + 5);
            text(x - 8, bottom + 18, "%.0f s".formatted(seconds * i / TICKS));
        }
    }

    private void fault(int number, Done done) {
        double x = x(done.at());
        add(
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#d81b60\""
                        + " stroke-dasharray=\"3 2\"/>",
                x, TOP - 12, x, bottom + 5);
        text(x - 3, TOP - 14, Integer.toString(number + 1));
        text(
                LEFT,
                bottom + 52 + 16 * number,
                "%d: %.1f s %s".formatted(number + 1, Player.seconds(begin, done.at()), done));
    }

    private void legend() {
        int x = LEFT;
        for (Fate fate : Fate.values()) {
            add(
                    "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>",
                    x, bottom + 24, fate.colour());
            text(x + 18, bottom + 34, fate.name().toLowerCase(Locale.ROOT));
            x += LEGEND_STEP;
        }
    }

    private double x(Instant moment) {
        double at = LEFT + WIDTH * Player.seconds(begin, moment) / seconds;
        return Math.max(LEFT, Math.min(LEFT + WIDTH, at));
    }

    private void text(double x, int y, String words) {
        String safe = words.replace("&", "&amp;").replace("<", "&lt;");
        add("<text x=\"%.1f\" y=\"%d\">%s</text>", x, y, safe);
    }

    @FormatMethod
    private void add(String format, Object... arguments) {
        svg.append(format.formatted(arguments)).append('\n');
    }
}
