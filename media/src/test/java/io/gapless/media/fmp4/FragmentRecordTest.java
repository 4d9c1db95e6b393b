package io.gapless.media.fmp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.FragmentHeader;
import io.gapless.media.MediaTime;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class FragmentRecordTest {
    private static final int FLAGS = 64;

    private final FragmentHeader header = Samples.header(3, new MediaTime(180_000));

    private static ByteBuffer written(FragmentHeader header) {
        BoxWriter out = new BoxWriter(FragmentRecord.BYTES);
        new FragmentRecord(header, 328, 1000).write(out);
        return out.finish();
    }

    private FragmentHeader read(ByteBuffer bytes) {
        return FragmentRecord.read(bytes, header.camera(), false).header();
    }

    @Test
    void whatEndedAFragmentIsOneBit() {
        FragmentHeader closed = header.withClosed(true);
        ByteBuffer bytes = written(closed);

        assertThat(bytes.get(FLAGS)).isEqualTo((byte) (written(header).get(FLAGS) | 8));
        assertThat(read(bytes)).isEqualTo(closed);
    }

    /** As those before 2026-11-23, and as those to come may. */
    @Test
    void aRecordWithoutItOrWithBitsOfLaterIsRead() {
        assertThat(read(written(header)).closed()).isFalse();
        ByteBuffer later = written(header);
        later.put(FLAGS, (byte) (later.get(FLAGS) | 0xF0));
        assertThat(read(later)).isEqualTo(header);
    }
}
