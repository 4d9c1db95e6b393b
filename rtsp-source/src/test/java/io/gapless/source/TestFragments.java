package io.gapless.source;

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
import java.nio.ByteBuffer;
import java.util.Optional;

/** Fragments of one frame, for tests. */
public final class TestFragments {
    public static final int FRAME_TICKS = 3600;

    private final MediaMemory memory;
    private final CameraId camera;
    private final RunId run;

    public TestFragments(MediaMemory memory, String camera, RunId run) {
        this.memory = memory;
        this.camera = new CameraId(camera);
        this.run = run;
    }

    public TestFragments(MediaMemory memory, String camera) {
        this(memory, camera, RunId.random());
    }

    public Fragment fragment(long sequence, MediaTime start, int bytes) {
        return fragment(sequence, start, bytes, Optional.empty());
    }

    public Fragment fragment(
            long sequence, MediaTime start, int bytes, Optional<GapCause> gapBefore) {
        MediaBuffer data = memory.newBuffer();
        if (!data.append(ByteBuffer.allocate(bytes))) {
            throw new IllegalStateException("the memory of the test is used up");
        }
        return new Fragment(
                new FragmentHeader(
                        camera,
                        run,
                        sequence,
                        start,
                        FRAME_TICKS,
                        1,
                        0,
                        new Digest(sequence, bytes),
                        true,
                        false,
                        gapBefore,
                        Origin.PRIMARY),
                new StreamConfiguration(
                        new VideoConfiguration(VideoCodec.H264, 640, 360, new byte[] {1}),
                        Optional.empty()),
                new SampleTable(
                        new int[] {bytes},
                        new int[] {FRAME_TICKS},
                        new int[] {0},
                        new boolean[] {true}),
                data,
                Optional.empty());
    }

    /** Fragment {@code sequence} of a run that starts at 1970. */
    public Fragment fragment(long sequence, int bytes) {
        return fragment(sequence, new MediaTime(sequence * FRAME_TICKS), bytes);
    }
}
