package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gapless.media.CameraEvent;
import io.gapless.media.Fragment;
import io.gapless.media.VideoCodec;
import io.gapless.media.codec.NalUnits;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A camera that is none of our making: what VLC sends is recorded slice by slice as x264 made it.
 * VLC refuses TCP, so this is also how a refused transport ends in the other one.
 */
class VlcCameraTest {
    private static final int ENOUGH_FRAMES = 50;

    private final List<Integer> durations = new ArrayList<>();
    private final List<ByteBuffer> recorded = new ArrayList<>();
    private final CountDownLatch enough = new CountDownLatch(ENOUGH_FRAMES);

    @Test
    void isRecordedAsItWasEncoded(@TempDir Path directory) throws Exception {
        assumeTrue(
                Files.isExecutable(VlcCamera.PROGRAM),
                "VLC is not installed (Debian: vlc-bin and vlc-plugin-base), so it is no camera");
        Clip clip = ClipEncoder.of(VideoCodec.H264).size(160, 96).frames(1500).gop(10).encode();
        try (VlcCamera camera = new VlcCamera(clip, directory);
                RecorderRig rig = new RecorderRig()) {
            rig.record(RecorderRig.settings(camera.uri(), Transport.AUTO), this::take);
            assertThat(enough.await(90, TimeUnit.SECONDS))
                    .as("%s", Files.readString(directory.resolve("vlc.log")))
                    .isTrue();
            rig.stop();
        }
        assertThat(Collections.indexOfSubList(slices(clip), recorded)).isNotNegative();
        assertThat(durations.subList(0, durations.size() - 1))
                .as("1/25 s, but for clocks that are brought together")
                .allMatch(d -> d >= 3500 && d <= 3700);
    }

    private synchronized void take(CameraEvent event) {
        if (event instanceof Fragment fragment) {
            ByteBuffer bytes = ByteBuffer.allocate((int) fragment.videoData().sizeBytes());
            fragment.videoData().views().forEach(bytes::put);
            for (ByteBuffer nalUnit : new Clip.Picture(0, false, bytes.array()).nalUnits()) {
                addSlice(recorded, nalUnit);
            }
            for (int duration : fragment.video().durations()) {
                durations.add(duration);
                enough.countDown();
            }
            fragment.release();
        }
    }

    private static List<ByteBuffer> slices(Clip clip) {
        List<ByteBuffer> slices = new ArrayList<>();
        clip.pictures().forEach(p -> p.nalUnits().forEach(n -> addSlice(slices, n)));
        return slices;
    }

    private static void addSlice(List<ByteBuffer> slices, ByteBuffer nalUnit) {
        if (NalUnits.isVcl(VideoCodec.H264, nalUnit.get(nalUnit.position()) & 0xFF)) {
            slices.add(nalUnit);
        }
    }
}
