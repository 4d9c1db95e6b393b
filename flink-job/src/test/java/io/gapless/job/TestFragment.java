package io.gapless.job;

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

/** Fragments of one frame of 100 ticks, for tests. */
final class TestFragment {
    private TestFragment() {}

    static Fragment at(RunId run, long sequence, long startTicks90k) {
        return of(new CameraId("gate"), run, sequence, startTicks90k, Optional.empty(), empty());
    }

    static Fragment at(RunId run, long sequence, long startTicks90k, GapCause gapBefore) {
        return of(
                new CameraId("gate"),
                run,
                sequence,
                startTicks90k,
                Optional.of(gapBefore),
                empty());
    }

    /** With some bytes of {@code memory}, which must have room. */
    static Fragment of(
            CameraId camera, RunId run, long sequence, long startTicks90k, MediaMemory memory) {
        MediaBuffer data = memory.newBuffer();
        if (!data.append(ByteBuffer.allocate(1000))) {
            throw new IllegalStateException("the memory of the test is used up");
        }
        return of(camera, run, sequence, startTicks90k, Optional.empty(), data);
    }

    private static MediaBuffer empty() {
        return new MediaMemory(MediaMemory.CHUNK_BYTES).newBuffer();
    }

    private static Fragment of(
            CameraId camera,
            RunId run,
            long sequence,
            long startTicks90k,
            Optional<GapCause> gapBefore,
            MediaBuffer data) {
        return new Fragment(
                new FragmentHeader(
                        camera,
                        run,
                        sequence,
                        new MediaTime(startTicks90k),
                        100,
                        1,
                        0,
                        new Digest(sequence, 0),
                        true,
                        false,
                        gapBefore,
                        Origin.PRIMARY),
                new StreamConfiguration(
                        new VideoConfiguration(VideoCodec.H264, 640, 360, new byte[] {1}),
                        Optional.empty()),
                new SampleTable(
                        new int[] {(int) data.sizeBytes()},
                        new int[] {100},
                        new int[] {0},
                        new boolean[] {true}),
                data,
                Optional.empty());
    }
}
