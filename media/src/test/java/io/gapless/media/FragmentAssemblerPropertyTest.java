package io.gapless.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.gapless.media.RandomStream.AccessUnit;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the stream, what is emitted is what was fed, and what is missing is declared. A failure
 * names its seed; more are tried with {@code -Dgapless.seeds=1000}.
 */
final class FragmentAssemblerPropertyTest {
    private static final int SEEDS = Integer.getInteger("gapless.seeds", 20);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyAccessUnitOnceInOrderAtItsTime(boolean reordered) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<AccessUnit> units = RandomStream.of(seed, 20, reordered, 300);
            Recorder recorder = new Recorder(limits(random), seed);
            recorder.feed(units);
            recorder.assembler.end();

            checkWellFormed(seed, recorder, index(units), 0);
            assertThat(ids(recorder, index(units)))
                    .as("seed %d", seed)
                    .isEqualTo(units.stream().map(AccessUnit::id).toList());
            assertThat(recorder.fragments.subList(1, recorder.fragments.size()))
                    .as("seed %d", seed)
                    .allMatch(fragment -> fragment.header().gapBefore().isEmpty())
                    .noneMatch(fragment -> fragment.header().damaged());
            checkCuts(seed, recorder, index(units));
            assertThat(recorder.memory.usedBytes()).isZero();
        }
    }

    private static void checkCuts(long seed, Recorder recorder, Map<String, AccessUnit> index) {
        for (Recorded fragment : recorder.fragments) {
            assertThat(fragment.keys().stream().skip(1))
                    .as("seed %d: a key frame inside", seed)
                    .doesNotContain(true);
        }
        assertThat(index.values().stream().filter(AccessUnit::key).count())
                .isEqualTo(
                        recorder.fragments.stream()
                                .filter(fragment -> fragment.header().startsWithKeyFrame())
                                .count());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSecondRecorderThatComesLaterCutsAlike(boolean reordered) {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<AccessUnit> units = RandomStream.of(seed, 12, reordered, 300);
            FragmentLimits limits = limits(new Random(seed));
            Recorder first = new Recorder(limits, seed);
            first.feed(units);
            first.assembler.end();
            int entry = new Random(seed).nextInt(units.size());
            Recorder second = new Recorder(limits, seed + 1);
            second.feed(units.subList(entry, units.size()));
            second.assembler.end();

            List<Digest> digests = digests(first);
            List<Digest> later = digests(second);
            assertThat(digests.subList(digests.size() - later.size(), digests.size()))
                    .as("seed %d", seed)
                    .isEqualTo(later);
            long keys = units.subList(entry, units.size()).stream().filter(AccessUnit::key).count();
            assertThat((long) later.size()).isGreaterThanOrEqualTo(keys);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsLostCutsAndIsDeclared(boolean reordered) {
        int lost = 0;
        int dropped = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<AccessUnit> units = RandomStream.of(seed, 20, reordered, 300);
            // the run may end where the last pictures sent are not all those due
            int received = units.size() - random.nextInt(20);
            Recorder recorder = new Recorder(limits(random), seed);
            List<Integer> kept =
                    feedWithLoss(recorder, units.subList(0, received), random, reordered);
            recorder.assembler.end();

            checkWellFormed(seed, recorder, index(units), 0);
            List<Integer> recorded = ids(recorder, index(units));
            if (reordered) {
                assertThat(kept).as("seed %d", seed).containsSubsequence(recorded);
            } else {
                assertThat(recorded).as("seed %d", seed).isEqualTo(kept);
            }
            checkMissingAreDeclared(seed, recorder, units, recorded);
            assertThat(recorder.memory.usedBytes()).isZero();
            lost += received - kept.size();
            dropped += kept.size() - recorded.size();
        }
        assertThat(dropped).as("dropped for %d lost", lost).isLessThan(4 * lost);
    }

    /** Answers the access units that can be kept: from the first key frame on, unless lost. */
    private static List<Integer> feedWithLoss(
            Recorder recorder, List<AccessUnit> units, Random random, boolean reordered) {
        List<Integer> kept = new ArrayList<>();
        for (AccessUnit unit : units) {
            int fate = random.nextInt(15);
            if (fate == 0 && !(reordered && isNew(recorder))) {
                recorder.begin(unit);
                recorder.assembler.discardAccessUnit(GapCause.PACKET_LOSS);
                continue;
            }
            if (fate == 1) {
                recorder.assembler.breakBefore(GapCause.PACKET_LOSS);
            }
            recorder.feed(unit);
            if (unit.key() || !kept.isEmpty()) {
                kept.add(unit.id());
            }
        }
        return kept;
    }

    /** Whether it cannot know yet that pictures are reordered, or how long they last. */
    private static boolean isNew(Recorder recorder) {
        return recorder.fragments.stream()
                .noneMatch(
                        f ->
                                f.presentations().size() > 2
                                        && !f.header().damaged()
                                        && !f.presentations().stream()
                                                .sorted()
                                                .toList()
                                                .equals(f.presentations()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFullMemoryLosesWholeStretchesThatAreDeclaredAndLeaksNothing(boolean reordered) {
        int overloads = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<AccessUnit> units = RandomStream.of(seed, 20, reordered, 20_000);
            MediaMemory memory = new MediaMemory(12L * MediaMemory.CHUNK_BYTES);
            List<MediaBuffer> others = new ArrayList<>();
            Recorder recorder = new Recorder(limits(random), seed, memory);
            for (AccessUnit unit : units) {
                if (!reordered || !isNew(recorder)) {
                    takeOrGive(memory, others, random);
                }
                recorder.feed(unit);
            }
            recorder.assembler.end();
            others.forEach(MediaBuffer::release);

            Map<String, AccessUnit> index = index(units);
            // emitted early, the end of its last frame is a guess: the next may begin sooner
            checkWellFormed(seed, recorder, index, RandomStream.JITTER);
            List<Integer> recorded = ids(recorder, index);
            checkMissingAreDeclared(seed, recorder, units, recorded);
            assertThat(memory.usedBytes()).as("seed %d", seed).isZero();
            overloads += units.size() - recorded.size();
        }
        assertThat(overloads).isPositive();
    }

    private static void takeOrGive(MediaMemory memory, List<MediaBuffer> others, Random random) {
        if (random.nextInt(3) == 0) {
            MediaBuffer buffer = memory.newBuffer();
            buffer.append(ByteBuffer.allocate(1 + random.nextInt(200_000)));
            others.add(buffer);
        }
        while (others.size() > random.nextInt(10)) {
            others.remove(random.nextInt(others.size())).release();
        }
    }

    /**
     * Every access unit not recorded lies, by its time, before or after all frames of each
     * fragment, and the fragment after it has a cause.
     */
    private static void checkMissingAreDeclared(
            long seed, Recorder recorder, List<AccessUnit> units, List<Integer> recorded) {
        Set<Integer> present = new HashSet<>(recorded);
        TreeMap<Long, Recorded> byStart = new TreeMap<>();
        recorder.fragments.forEach(f -> byStart.put(f.header().start().ticks90k(), f));
        for (AccessUnit missing : units) {
            if (present.contains(missing.id())) {
                continue;
            }
            Map.Entry<Long, Recorded> before = byStart.floorEntry(missing.presentation());
            if (before != null
                    && Collections.max(before.getValue().presentations())
                            > missing.presentation()) {
                fail("seed %d: %d missing inside", seed, missing.id());
            }
            Map.Entry<Long, Recorded> after = byStart.higherEntry(missing.presentation());
            if (after != null && after.getValue().header().gapBefore().isEmpty()) {
                fail("seed %d: %d missing undeclared", seed, missing.id());
            }
        }
    }

    private static void checkWellFormed(
            long seed, Recorder recorder, Map<String, AccessUnit> index, long mostMoved) {
        FragmentHeader before = null;
        for (Recorded fragment : recorder.fragments) {
            FragmentHeader header = fragment.header();
            String where = "seed %d, fragment %d".formatted(seed, header.sequence());
            List<AccessUnit> units =
                    fragment.accessUnits().stream().map(unit -> index.get(text(unit))).toList();
            assertThat(units).as(where).doesNotContainNull();
            for (int i = 0; i < units.size(); i++) {
                assertThat(fragment.presentations().get(i) - units.get(i).presentation())
                        .as(where)
                        .isBetween(0L, mostMoved);
            }
            assertThat(fragment.keys())
                    .as(where)
                    .isEqualTo(units.stream().map(AccessUnit::key).toList());
            assertThat(fragment.durations()).as(where).isEqualTo(header.durationTicks90k());
            assertThat(header.start().ticks90k())
                    .as(where)
                    .isEqualTo(fragment.presentations().stream().min(Long::compare).get());
            assertThat(header.digest()).as(where).isEqualTo(Recorded.digest(units));
            assertThat(header.videoFrames()).isEqualTo(units.size());
            assertThat(header.startsWithKeyFrame()).isEqualTo(units.get(0).key());
            checkFollows(where, before, header);
            before = header;
        }
    }

    private static void checkFollows(String where, FragmentHeader before, FragmentHeader header) {
        if (before == null) {
            assertThat(header.sequence()).isZero();
            assertThat(header.gapBefore()).contains(GapCause.RECORDER_RESTART);
            return;
        }
        assertThat(header.sequence()).isEqualTo(before.sequence() + 1);
        if (header.gapBefore().isEmpty()) {
            assertThat(header.start()).as(where).isEqualTo(before.end());
        } else {
            assertThat(header.start()).as(where).isGreaterThanOrEqualTo(before.end());
            // a loss among the leading pictures of a key frame damages only what follows
            assertThat(before.damaged() || header.damaged()).as(where).isTrue();
        }
        boolean continuesDamage = before.damaged() && header.gapBefore().isEmpty();
        if (!header.startsWithKeyFrame() && (continuesDamage || header.gapBefore().isPresent())) {
            assertThat(header.damaged()).as(where).isTrue();
        }
    }

    private static FragmentLimits limits(Random random) {
        return new FragmentLimits(1 + random.nextInt(20), 1 + random.nextInt(100_000), 1 << 20);
    }

    private static Map<String, AccessUnit> index(List<AccessUnit> units) {
        Map<String, AccessUnit> index = new HashMap<>();
        units.forEach(unit -> index.put(text(Recorded.stored(unit, false)), unit));
        // equal contents would make the oracle ambiguous
        assertThat(index).hasSameSizeAs(units);
        return index;
    }

    private static String text(byte[] bytes) {
        return Arrays.hashCode(bytes) + ":" + bytes.length;
    }

    private static List<Integer> ids(Recorder recorder, Map<String, AccessUnit> index) {
        return recorder.fragments.stream()
                .flatMap(fragment -> fragment.accessUnits().stream())
                .map(unit -> index.get(text(unit)).id())
                .toList();
    }

    private static List<Digest> digests(Recorder recorder) {
        return recorder.fragments.stream().map(fragment -> fragment.header().digest()).toList();
    }
}
