package io.gapless.media.timeline;

import static io.gapless.media.timeline.Recorders.build;
import static io.gapless.media.timeline.Recorders.damaged;
import static io.gapless.media.timeline.Recorders.fragment;
import static io.gapless.media.timeline.Recorders.frameAt;
import static io.gapless.media.timeline.Recorders.presentations;
import static io.gapless.media.timeline.Recorders.replica;
import static io.gapless.media.timeline.Recorders.seam;
import static io.gapless.media.timeline.Recorders.shownFrames;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.FragmentHeader;
import io.gapless.media.TimeRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Three recorders with clocks a little apart, each with holes: brute force over frames. */
final class TimelineModelTest {
    @Test
    void everyFrameThatAnybodyHasIsShownOnce() throws IOException {
        for (long seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            List<FragmentHeader> fragments = new ArrayList<>();
            for (int run = 1; run <= 3; run++) {
                fragments.addAll(run(random, run));
            }
            Collections.shuffle(fragments, random);
            int from = random.nextInt(100);
            int to = from + random.nextInt(250);

            TimelineReport<FragmentHeader> report = build(from, to, fragments);
            List<Integer> held = heldFrames(fragments);
            // a frame at the edge is in the range or not by the clock of who shows it
            List<Integer> shown = shownFrames(report);
            assertThat(shown).as("seed %d", seed).doesNotHaveDuplicates().isSorted();
            for (int frame = from + 1; frame < to - 1; frame++) {
                assertThat(shown.contains(frame))
                        .as("seed %d: frame %d", seed, frame)
                        .isEqualTo(held.contains(frame));
            }
            checkSums(seed, report, shown.size());
        }
    }

    private static void checkSums(long seed, TimelineReport<FragmentHeader> report, long frames) {
        Timeline timeline = report.timeline();
        assertThat(timeline.frames()).as("seed %d", seed).isEqualTo(frames);
        assertThat(timeline.spans().stream().mapToLong(Span::frames).sum()).isEqualTo(frames);
        List<TimeRange> stretches = new ArrayList<>();
        timeline.spans().forEach(s -> stretches.add(new TimeRange(s.start(), s.end())));
        timeline.gaps().forEach(g -> stretches.add(new TimeRange(g.start(), g.end())));
        for (int i = 0; i < stretches.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(stretches.get(i).overlaps(stretches.get(j)))
                        .as("seed %d: %s and %s", seed, stretches.get(i), stretches.get(j))
                        .isFalse();
            }
        }
    }

    private static List<FragmentHeader> run(Random random, int run) {
        List<FragmentHeader> fragments = new ArrayList<>();
        long skew = random.nextLong(-800, 800);
        int at = random.nextInt(60);
        for (int sequence = 0; at < 300; sequence++) {
            int frames = 1 + random.nextInt(25);
            FragmentHeader next = fragment(run, sequence, at, frames, skew);
            if (random.nextInt(4) != 0) {
                FragmentHeader kept = random.nextInt(4) == 0 ? damaged(next) : next;
                kept = run == 3 ? replica(kept) : kept;
                fragments.add(random.nextInt(8) == 0 ? seam(kept) : kept);
            }
            at += frames;
        }
        return fragments;
    }

    private static List<Integer> heldFrames(List<FragmentHeader> fragments) {
        return fragments.stream()
                .flatMap(f -> LongStream.of(presentations(f)).mapToObj(t -> frameAt(t)))
                .distinct()
                .toList();
    }
}
