package io.gapless.backfill;

import io.gapless.media.CameraId;
import io.gapless.media.Digest;
import io.gapless.media.Fragment;
import io.gapless.media.FragmentHeader;
import io.gapless.media.GapCause;
import io.gapless.media.MediaBuffer;
import io.gapless.media.MediaMemory;
import io.gapless.media.MediaTime;
import io.gapless.media.Origin;
import io.gapless.media.RunId;
import io.gapless.media.SampleTable;
import io.gapless.media.StreamConfiguration;
import io.gapless.media.VideoCodec;
import io.gapless.media.VideoConfiguration;
import io.gapless.media.fmp4.FragmentDigest;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;

/** What a camera shows second by second: five pictures of random bytes, one group of pictures. */
final class Gops {
    static final CameraId CAMERA = new CameraId("gate");
    static final int FRAMES = 5;
    static final int TICKS = MediaTime.TICKS_PER_SECOND;
    private static final int NAL_BYTES = 400;

    private final MediaTime start;

    /**
     * @param start of second 0
     */
    Gops(MediaTime start) {
        this.start = start;
    }

    MediaTime at(long second) {
        return start.plusTicks(second * TICKS);
    }

    /** A second as a recorder has it whose clock is {@code shift} ticks ahead. */
    FragmentHeader header(RunId run, long sequence, long second, long shift, Origin origin) {
        return new FragmentHeader(
                CAMERA,
                run,
                sequence,
                at(second).plusTicks(shift),
                TICKS,
                FRAMES,
                0,
                digest(video(second)),
                true,
                false,
                sequence == 0 ? Optional.of(GapCause.RECORDER_RESTART) : Optional.empty(),
                origin);
    }

    Fragment fragment(MediaMemory memory, FragmentHeader header, long second) {
        MediaBuffer data = memory.newBuffer();
        data.append(ByteBuffer.wrap(video(second)));
        int size = NAL_BYTES + Integer.BYTES;
        int[] sizes = {size, size, size, size, size};
        int duration = TICKS / FRAMES;
        return new Fragment(
                header,
                configuration(),
                new SampleTable(
                        sizes,
                        new int[] {duration, duration, duration, duration, duration},
                        new int[FRAMES],
                        new boolean[] {true, false, false, false, false}),
                data,
                Optional.empty());
    }

    static StreamConfiguration configuration() {
        byte[] avcC = {1, 66, 0, 30, -1, -31, 0, 4, 0x67, 66, 0, 30, 1, 0, 2, 0x68, 1};
        return new StreamConfiguration(
                new VideoConfiguration(VideoCodec.H264, 640, 360, avcC), Optional.empty());
    }

    private byte[] video(long second) {
        Random random = new Random(second);
        ByteBuffer data = ByteBuffer.allocate(FRAMES * (NAL_BYTES + Integer.BYTES));
        for (int i = 0; i < FRAMES; i++) {
            byte[] nalUnit = new byte[NAL_BYTES];
            random.nextBytes(nalUnit);
            nalUnit[0] = (byte) (i == 0 ? 0x65 : 0x41);
            data.putInt(NAL_BYTES).put(nalUnit);
        }
        return data.array();
    }

    private static Digest digest(byte[] video) {
        FragmentDigest digest = new FragmentDigest();
        digest.accessUnits(VideoCodec.H264, ByteBuffer.wrap(video));
        return digest.value();
    }
}
