package io.gapless.rtp.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureGroupsTest {
    private static final int PICTURES = 5_000;

    /** Of pictures that all differ. */
    private final long[] checksums = new Random(1).longs(PICTURES).map(c -> c >>> 32).toArray();

    private static List<Integer> groups(int from, int step, IntToLongFunction checksum) {
        PictureGroups groups = new PictureGroups();
        List<Integer> begin = new ArrayList<>();
        for (int i = from; i < PICTURES; i++) {
            // Another session has another base, and stamps a tick more or less.
            if (groups.beginsWith(i * step + 7 * from + i % 2, checksum.applyAsLong(i))) {
                begin.add(i);
            }
        }
        return begin;
    }

    @ParameterizedTest
    @ValueSource(ints = {1800, 3000, 3003, 3600, 4500, 6000, 9000, 18_000, 45_000, 90_000})
    void areAlikeWhereverARecorderBegins(int step) {
        List<Integer> early = groups(0, step, i -> checksums[i]);
        for (int from = 1; from < 200; from++) {
            List<Integer> late = groups(from, step, i -> checksums[i]);
            assertThat(early.subList(early.indexOf(late.get(0)), early.size())).isEqualTo(late);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1800, 3000, 3600, 9000, 45_000, 90_000})
    void areAboutASecondLongWhateverTheRate(int step) {
        List<Integer> begin = groups(0, step, i -> checksums[i]);
        double seconds = (begin.get(begin.size() - 1) - begin.get(0)) * (step / 90_000.0);
        assertThat(seconds / begin.size()).isBetween(0.3, 1.1);
        for (int i = 1; i < begin.size(); i++) {
            assertThat((begin.get(i) - begin.get(i - 1)) * step).isLessThan(90_000 * 4);
        }
    }

    @Test
    void areNotOnePictureEachWhereNothingMoves() {
        assertThat(groups(0, 3600, i -> 0)).hasSizeBetween(PICTURES / 100, PICTURES / 90);
        assertThat(groups(0, 3600, i -> 1)).hasSizeBetween(PICTURES / 100, PICTURES / 90);
    }

    @Test
    void aLossBeginsNoneThatTheOtherRecorderDoesNot() {
        List<Integer> whole = groups(0, 3600, i -> checksums[i]);
        PictureGroups groups = new PictureGroups();
        Random random = new Random(2);
        TreeSet<Integer> begin = new TreeSet<>();
        for (int i = 0; i < PICTURES; i++) {
            if (random.nextInt(40) == 0) {
                groups.packetsLost();
            } else if (groups.beginsWith(i * 3600, checksums[i])) {
                begin.add(i);
            }
        }
        begin.removeAll(whole);
        assertThat(begin).hasSizeLessThan(3);
    }
}
