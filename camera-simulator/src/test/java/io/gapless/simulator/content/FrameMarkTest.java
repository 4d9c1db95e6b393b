package io.gapless.simulator.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class FrameMarkTest {
    private static final String UUID = "6761706c6573732d6672616d652d7631";

    @Test
    void isWrittenAsDocumented() {
        assertThat(hex(new FrameMark(VideoCodec.H264, "ab"), 0x1122334455667788L, -1))
                .isEqualTo(
                        "06"
                                + "05"
                                + "23"
                                + UUID
                                + "026162"
                                + "1122334455667788"
                                + "ffffffffffffffff"
                                + "80");
    }

    @Test
    void hasTheHeaderOfH265() {
        assertThat(hex(new FrameMark(VideoCodec.H265, "ab"), -1, -1))
                .startsWith("4e01" + "0523" + UUID);
    }

    @Test
    void neverLooksLikeAStartCode() {
        assertThat(hex(new FrameMark(VideoCodec.H264, "a"), 0, 0x0000000100000203L))
                .endsWith("0161" + "000003".repeat(5) + "0001" + "0000030203" + "80");
    }

    @Test
    void takesAnyNumbersOneAfterTheOther() {
        FrameMark mark = new FrameMark(VideoCodec.H264, "a");
        hex(mark, 0, 0);
        assertThat(hex(mark, -1, -1)).endsWith("0161" + "ff".repeat(16) + "80");
    }

    private static String hex(FrameMark mark, long counter, long micros) {
        ByteBuffer unit = mark.nalUnit(counter, micros);
        byte[] bytes = new byte[unit.remaining()];
        unit.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
