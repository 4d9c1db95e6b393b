package io.gapless.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Feeds an assembler and keeps what comes out, released at once. */
final class Recorder {
    static final StreamConfiguration H264 =
            new StreamConfiguration(
                    new VideoConfiguration(VideoCodec.H264, 640, 360, new byte[] {1}),
                    Optional.empty());

    final List<Recorded> fragments = new ArrayList<>();
    final MediaMemory memory;
    final FragmentAssembler assembler;
    private final Random random;

    Recorder(FragmentLimits limits, long seed) {
        this(limits, seed, new MediaMemory(64 << 20));
    }

    Recorder(FragmentLimits limits, long seed, MediaMemory memory) {
        this.memory = memory;
        this.random = new Random(seed);
        this.assembler =
                new FragmentAssembler(
                        new CameraId("door"),
                        new RunId(new UUID(1, seed)),
                        Origin.PRIMARY,
                        memory,
                        limits,
                        Optional.of(GapCause.RECORDER_RESTART),
                        this::keep);
        assembler.configure(H264);
    }

    private void keep(Fragment fragment) {
        fragments.add(Recorded.of(fragment));
        fragment.release();
    }

    void feed(List<RandomStream.AccessUnit> units) {
        units.forEach(this::feed);
    }

    void feed(RandomStream.AccessUnit unit) {
        begin(unit);
        assembler.endAccessUnit(new MediaTime(unit.presentation()), unit.kind());
    }

    /** All of its NAL units, in pieces of random size. */
    void begin(RandomStream.AccessUnit unit) {
        for (RandomStream.NalUnit nalUnit : unit.nalUnits()) {
            assembler.beginNalUnit();
            for (int at = 0; at < nalUnit.bytes().length; ) {
                int count = Math.min(nalUnit.bytes().length - at, 1 + random.nextInt(1500));
                assembler.append(ByteBuffer.wrap(nalUnit.bytes(), at, count));
                at += count;
            }
            assembler.endNalUnit(nalUnit.vcl());
        }
    }
}
