package io.gapless.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.VideoCodec;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Parameter sets of absurd number and size. */
class ParameterSetsBoundTest {
    private static final int BOUND_BYTES = 256 * 1024;

    private final ParameterSets sets = new ParameterSets(VideoCodec.H264);

    private void inBand(byte[] nalUnit) {
        sets.begin();
        sets.append(ByteBuffer.wrap(nalUnit));
        sets.end();
    }

    /** A picture parameter set whose id is ue(v) of 16 bits. */
    private static byte[] pictureSet(int id, int sizeBytes) {
        byte[] nalUnit = new byte[sizeBytes];
        nalUnit[0] = 0x68;
        int code = (id + 1) << 1;
        nalUnit[2] = (byte) (code >> 8);
        nalUnit[3] = (byte) code;
        nalUnit[1] = (byte) (code >> 16);
        return nalUnit;
    }

    @Test
    void keepsNoMoreThanItsBound() {
        for (int id = 0; id < 60_000; id++) {
            inBand(pictureSet(id, 1000));
        }
        assertThat(sets.sizeBytes()).isBetween(BOUND_BYTES / 2, BOUND_BYTES);
    }

    @Test
    void replacesWithinItsBound() {
        for (int i = 0; i < 10_000; i++) {
            inBand(pictureSet(1 << 14, 100 + i % 50));
        }
        assertThat(sets.sizeBytes()).isLessThan(200);
    }

    @Test
    void ignoresWhatIsTooLarge() {
        sets.announce(pictureSet(1 << 14, 1 << 20));
        inBand(pictureSet(1 << 14, 1 << 20));
        assertThat(sets.sizeBytes()).isZero();
    }

    @Test
    void makesRoomForSetsInBand() {
        sets.announce(pictureSet(1 << 14, 1000));
        inBand(pictureSet(1 << 15, 500));
        assertThat(sets.sizeBytes()).isEqualTo(500);
    }
}
