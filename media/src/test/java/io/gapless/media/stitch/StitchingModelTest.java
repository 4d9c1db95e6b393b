package io.gapless.media.stitch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.stitch.Scene.Content;
import io.gapless.media.stitch.StitchModel.Clocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Outages of all recorders at random, and packet loss on the primary's side, compared frame by
 * frame, most of them filled while they happen: no frame twice, none of the primary's hidden, none
 * missing without a gap or that somebody certainly has, none out of order, and nothing planned
 * again once it is done. Each scenario follows from its seed. {@code -Dgapless.stitch.first=N
 * -Dgapless.stitch.tries=N} runs others; how many of those fail is in docs/design/stitching.md.
 */
final class StitchingModelTest {
    private static final Clocks STEPPING = new Clocks(2000, 1000, 20);

    @ParameterizedTest
    @EnumSource(Content.class)
    void outagesAreFilledFrameByFrame(Content content) throws IOException {
        fill(content, false);
    }

    /** Sessions that begin anew or are encoded each for itself, and loss besides: not solved. */
    @ParameterizedTest
    @EnumSource(
            value = Content.class,
            mode = Mode.EXCLUDE,
            names = {"BEGINNING_ANEW", "PER_SESSION"})
    void damagedGopsAndOutagesAreFilledFrameByFrame(Content content) throws IOException {
        fill(content, true);
    }

    /** Two sessions of a recorder are up to 2 s apart. */
    @Test
    void outagesOfClocksThatStepAreFilledFrameByFrame() throws IOException {
        List<String> failures = new ArrayList<>();
        long first = Long.getLong("gapless.stitch.first", 3000);
        int tries = Integer.getInteger("gapless.stitch.tries", 20);
        for (long seed = first; seed < first + tries; seed++) {
            failure(Content.MOVING, STEPPING, false, seed, 1, notesCuts(seed))
                    .ifPresent(failures::add);
        }
        assertThat(failures).isEmpty();
    }

    /** Each of these once showed frames twice. */
    @Test
    void whatOnceFailedIsFilledFrameByFrame() throws IOException {
        List<String> failures = new ArrayList<>();
        for (boolean notesCuts : new boolean[] {false, true}) {
            for (long seed : new long[] {3040, 3118, 3131, 3280, 3289, 60058, 80012, 80031}) {
                failure(Content.MOVING, STEPPING, false, seed, 1, notesCuts)
                        .ifPresent(failures::add);
            }
            once(Content.MOVING, false, 60043, 2, notesCuts).ifPresent(failures::add);
            once(Content.MOVING, true, 60123, 2, notesCuts).ifPresent(failures::add);
            once(Content.PER_SESSION, false, 60193, 1, notesCuts).ifPresent(failures::add);
            once(Content.RARELY_MOVING, true, 60115, 1, notesCuts).ifPresent(failures::add);
            once(Content.MOVING, false, 80031, 1, notesCuts).ifPresent(failures::add);
            once(Content.STATIC, true, 80009, 1, notesCuts).ifPresent(failures::add);
            once(Content.ALTERNATING, true, 80009, 1, notesCuts).ifPresent(failures::add);
            once(Content.RARELY_MOVING, true, 80009, 1, notesCuts).ifPresent(failures::add);
        }
        assertThat(failures).isEmpty();
    }

    private static Optional<String> once(
            Content content, boolean lossy, long seed, int replicas, boolean notesCuts)
            throws IOException {
        return failure(content, clocks(content, seed % 2 == 0), lossy, seed, replicas, notesCuts);
    }

    private static void fill(Content content, boolean lossy) throws IOException {
        int tries = Integer.getInteger("gapless.stitch.tries", 20);
        List<String> failures = new ArrayList<>();
        long first = Long.getLong("gapless.stitch.first", 3000);
        for (long seed = first; seed < first + tries; seed++) {
            for (int replicas = 1; replicas <= 2; replicas++) {
                Clocks clocks = clocks(content, seed % 2 == 0);
                failure(content, clocks, lossy, seed, replicas, notesCuts(seed))
                        .ifPresent(failures::add);
            }
        }
        assertThat(failures).isEmpty();
    }

    private static Optional<String> failure(
            Content content,
            Clocks clocks,
            boolean lossy,
            long seed,
            int replicas,
            boolean notesCuts)
            throws IOException {
        StitchModel model = new StitchModel(seed, content, clocks, lossy, replicas, notesCuts);
        Site site = model.site();
        if (site.archive.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (seed % 3 == 0) {
                site.fill();
            } else {
                site.fillAsItGoes(40);
            }
            site.check(clocks.areSteady(), clocks.framesUntold());
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(
                    "seed %d, %d replicas: %s%n%s"
                            .formatted(seed, replicas, e.getMessage(), site.story()));
        }
    }

    /** Two of five archives and rings were written before cuts were noted. */
    private static boolean notesCuts(long seed) {
        return seed % 5 > 1;
    }

    /** What is the same tells the place, if there is enough of it; else the clocks must. */
    private static Clocks clocks(Content content, boolean steady) {
        return switch (content) {
            case MOVING -> steady ? new Clocks(5000, 9, 20) : new Clocks(5000, 100, 500);
            case STATIC, ALTERNATING, RARELY_MOVING, BEGINNING_ANEW -> new Clocks(100, 4, 20);
            case PER_SESSION -> new Clocks(2, 2, 20);
        };
    }
}
