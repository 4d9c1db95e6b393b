package io.gapless.media;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Access units of sound or of metadata that wait for the fragment they belong to. */
final class SideQueue {
    private record Unit(long start, int sizeBytes, int durationSamples) {
        Unit shiftedBy(long ticks90k) {
            return new Unit(start + ticks90k, sizeBytes, durationSamples);
        }
    }

    /** A GOP of ten minutes has 30,000; all of one time would never be taken. */
    private static final int MOST_UNITS = 65_536;

    /** Ten minutes of AAC at 256 kbit/s are 19 MB. */
    private static final long MOST_BYTES_OF_SOUND = 32L << 20;

    /** Ten minutes of 100 kbit/s are 7.5 MB. */
    private static final long MOST_BYTES_OF_METADATA = 8L << 20;

    private final long mostBytes;
    private final ArrayDeque<Unit> units = new ArrayDeque<>();
    private final MediaBuffer data;

    /** So that the track never runs backwards. */
    private long endOfTaken = Long.MIN_VALUE;

    private SideQueue(MediaMemory memory, long mostBytes) {
        this.data = memory.newBuffer();
        this.mostBytes = mostBytes;
    }

    static SideQueue ofSound(MediaMemory memory) {
        return new SideQueue(memory, MOST_BYTES_OF_SOUND);
    }

    static SideQueue ofMetadata(MediaMemory memory) {
        return new SideQueue(memory, MOST_BYTES_OF_METADATA);
    }

    /** Without room the access unit is lost: it is not worth a gap in the picture. */
    void add(ByteBuffer accessUnit, long startTicks90k, int durationSamples) {
        int size = accessUnit.remaining();
        boolean room = units.size() < MOST_UNITS && data.sizeBytes() + size <= mostBytes;
        if (size > 0 && room && data.append(accessUnit)) {
            units.addLast(new Unit(startTicks90k, size, Math.max(1, durationSamples)));
        }
    }

    void shift(long ticks90k) {
        for (int i = units.size(); i > 0; i--) {
            units.addLast(units.removeFirst().shiftedBy(ticks90k));
        }
    }

    void dropBefore(long ticks90k) {
        long bytes = 0;
        while (!units.isEmpty() && units.getFirst().start < ticks90k) {
            bytes += units.removeFirst().sizeBytes;
        }
        data.cut(bytes).release();
    }

    void clear() {
        dropBefore(Long.MAX_VALUE);
    }

    /**
     * Takes those that start before {@code endTicks90k}.
     *
     * @param sampleRateHz ticks per second of their durations
     */
    Optional<Fragment.SideTrack> take(long endTicks90k, int sampleRateHz) {
        List<Unit> taken = new ArrayList<>();
        while (!units.isEmpty() && units.getFirst().start < endTicks90k) {
            taken.add(units.removeFirst());
        }
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        int[] durations = durations(taken, sampleRateHz);
        long start = Math.max(taken.get(0).start, endOfTaken);
        Unit last = taken.get(taken.size() - 1);
        endOfTaken = Math.max(start, last.start + ticks(last.durationSamples, sampleRateHz));
        int[] sizes = taken.stream().mapToInt(Unit::sizeBytes).toArray();
        return Optional.of(
                new Fragment.SideTrack(
                        new MediaTime(start),
                        new SampleTable(sizes, durations, new int[sizes.length], allKeys(sizes)),
                        data.cut(taken.stream().mapToLong(Unit::sizeBytes).sum())));
    }

    /** As the units say, but longer where some are missing, so that what follows stays in step. */
    private static int[] durations(List<Unit> taken, int sampleRateHz) {
        int[] durations = new int[taken.size()];
        long sum = 0;
        for (int i = 0; i < durations.length; i++) {
            Unit unit = taken.get(i);
            long due =
                    (unit.start - taken.get(0).start) * sampleRateHz / MediaTime.TICKS_PER_SECOND;
            if (i > 0 && due - sum > unit.durationSamples / 2) {
                durations[i - 1] += (int) (due - sum);
                sum = due;
            }
            durations[i] = unit.durationSamples;
            sum += unit.durationSamples;
        }
        return durations;
    }

    private static long ticks(int samples, int sampleRateHz) {
        return (long) samples * MediaTime.TICKS_PER_SECOND / sampleRateHz;
    }

    private static boolean[] allKeys(int[] sizes) {
        boolean[] keys = new boolean[sizes.length];
        Arrays.fill(keys, true);
        return keys;
    }

    void release() {
        units.clear();
        data.release();
    }
}
