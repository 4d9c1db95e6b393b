package io.gapless.media.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.gapless.media.Digest;
import io.gapless.media.MediaBuffer;
import io.gapless.media.MediaMemory;
import io.gapless.media.VideoCodec;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FragmentDigestTest {
    private static final byte[] SEI = {6, 5, 1, 0, (byte) 0x80};

    private final FragmentDigest digest = new FragmentDigest();
    private final byte[] slice = slice();

    private static byte[] slice() {
        byte[] bytes = new byte[200_001];
        new Random(7).nextBytes(bytes);
        bytes[0] = 0x65;
        return bytes;
    }

    @Test
    void ofNothingIsTheHashThatXxHashDocuments() {
        assertThat(digest.value()).hasToString("99aa06d3014798d86001c324468d497f");
    }

    @Test
    void isTheHashOfLengthAndBytes() {
        digest.nalUnit(ByteBuffer.wrap(slice));

        assertThat(digest.value()).isEqualTo(hashOf(stored(slice)));
    }

    @Test
    void directMemoryAndSeamsOfChunksMakeNoDifference() {
        MediaMemory memory = new MediaMemory(1 << 20);
        MediaBuffer buffer = memory.newBuffer();
        assertThat(buffer.append(ByteBuffer.wrap(SEI))).isTrue();
        assertThat(buffer.append(ByteBuffer.wrap(slice))).isTrue();

        digest.nalUnit(buffer, SEI.length, slice.length);

        assertThat(digest.value()).isEqualTo(hashOf(stored(slice)));
        buffer.release();
    }

    @Test
    void leavesOutWhatServersVary() {
        digest.accessUnits(VideoCodec.H264, ByteBuffer.wrap(stored(SEI, slice, SEI, slice)));

        assertThat(digest.value()).isEqualTo(hashOf(stored(slice, slice)));
    }

    @Test
    void differsWhenLengthsDoNotAddUp() {
        byte[] cut = java.util.Arrays.copyOf(stored(slice, slice), 300_000);
        digest.accessUnits(VideoCodec.H264, ByteBuffer.wrap(cut));
        assertThat(digest.value()).isNotEqualTo(hashOf(stored(slice)));

        digest.reset();
        digest.accessUnits(VideoCodec.H264, ByteBuffer.wrap(new byte[100]));
        assertThat(digest.value()).isNotEqualTo(new FragmentDigest().value());
    }

    private static Digest hashOf(byte[] bytes) {
        HashValue128 value = Hashing.xxh3_128().hashBytesTo128Bits(bytes);
        return new Digest(value.getMostSignificantBits(), value.getLeastSignificantBits());
    }

    private static byte[] stored(byte[]... nalUnits) {
        ByteBuffer out = ByteBuffer.allocate(1_000_000);
        for (byte[] nalUnit : nalUnits) {
            out.putInt(nalUnit.length).put(nalUnit);
        }
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }
}
