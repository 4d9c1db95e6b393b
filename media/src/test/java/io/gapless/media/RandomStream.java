package io.gapless.media;

import io.gapless.media.codec.AccessUnitKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A camera of H.264 with random GOPs, reordering and frame durations, the same for one seed. */
final class RandomStream {
    /** NAL unit types of H.264 that the stream is made of. */
    static final int SLICE = 1;

    static final int IDR_SLICE = 5;
    static final int SEI = 6;

    /** Most by which one frame lasts longer than another, in ticks. */
    static final int JITTER = 900;

    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    record NalUnit(byte[] bytes, boolean vcl) {}

    record AccessUnit(int id, long presentation, AccessUnitKind kind, List<NalUnit> nalUnits) {
        boolean key() {
            return kind != AccessUnitKind.OTHER;
        }
    }

    private final Random random;
    private final boolean reordered;
    private final int maxNalUnitBytes;
    private final List<AccessUnit> accessUnits = new ArrayList<>();
    private final List<Long> displayTimes = new ArrayList<>();
    private int shown;

    private RandomStream(long seed, boolean reordered, int maxNalUnitBytes) {
        this.random = new Random(seed);
        this.reordered = reordered;
        this.maxNalUnitBytes = maxNalUnitBytes;
        displayTimes.add(150_000_000_000_000L + random.nextInt(1000));
    }

    /** In decoding order. */
    static List<AccessUnit> of(long seed, int gops, boolean reordered, int maxNalUnitBytes) {
        RandomStream stream = new RandomStream(seed, reordered, maxNalUnitBytes);
        for (int i = 0; i < gops; i++) {
            stream.gop();
        }
        return stream.accessUnits;
    }

    private void gop() {
        if (reordered && shown > 0 && random.nextBoolean()) {
            group(AccessUnitKind.KEY_OPEN);
        } else {
            show(shown++, AccessUnitKind.KEY_CLOSED);
        }
        for (int groups = random.nextInt(12); groups > 0; groups--) {
            group(AccessUnitKind.OTHER);
        }
    }

    /** An anchor, and the pictures presented before it but sent after it. */
    private void group(AccessUnitKind anchor) {
        int between = reordered ? random.nextInt(8) : 0;
        show(shown + between, anchor);
        pyramid(shown, shown + between);
        shown += between + 1;
    }

    /** Some picture of [from, to), then those before it, then those after it. */
    private void pyramid(int from, int to) {
        if (from < to) {
            int middle = from + random.nextInt(to - from);
            show(middle, AccessUnitKind.OTHER);
            pyramid(from, middle);
            pyramid(middle + 1, to);
        }
    }

    private void show(int display, AccessUnitKind kind) {
        while (displayTimes.size() <= display) {
            long last = displayTimes.get(displayTimes.size() - 1);
            displayTimes.add(last + 3000 + random.nextInt(JITTER));
        }
        int id = accessUnits.size();
        accessUnits.add(new AccessUnit(id, displayTimes.get(display), kind, nalUnits(kind)));
    }

    private List<NalUnit> nalUnits(AccessUnitKind kind) {
        List<NalUnit> nalUnits = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            nalUnits.add(nalUnit(SEI, 20));
        }
        for (int slices = 1 + random.nextInt(3); slices > 0; slices--) {
            int type = kind == AccessUnitKind.KEY_CLOSED ? IDR_SLICE : SLICE;
            nalUnits.add(nalUnit(type, maxNalUnitBytes));
        }
        return nalUnits;
    }

    private NalUnit nalUnit(int type, int maxBytes) {
        byte[] bytes = new byte[8 + random.nextInt(maxBytes)];
        random.nextBytes(bytes);
        bytes[0] = (byte) type;
        return new NalUnit(bytes, type != SEI);
    }
}
