package io.gapless.media.codec;

import static io.gapless.media.VideoCodec.H264;
import static io.gapless.media.VideoCodec.H265;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.VideoCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NalUnitsTest {
    @ParameterizedTest
    @CsvSource({
        "H264, 0x65, true, false, KEY_CLOSED",
        "H264, 0x25, true, false, KEY_CLOSED",
        "H264, 0x41, true, false, OTHER",
        "H264, 0x01, true, false, OTHER",
        "H264, 0x06, false, false, OTHER",
        "H264, 0x67, false, true, OTHER",
        "H264, 0x68, false, true, OTHER",
        "H264, 0x09, false, false, OTHER",
        "H265, 0x26, true, false, KEY_OPEN",
        "H265, 0x28, true, false, KEY_CLOSED",
        "H265, 0x2A, true, false, KEY_OPEN",
        "H265, 0x24, true, false, KEY_CLOSED",
        "H265, 0x02, true, false, OTHER",
        "H265, 0x10, true, false, OTHER",
        "H265, 0x40, false, true, OTHER",
        "H265, 0x42, false, true, OTHER",
        "H265, 0x44, false, true, OTHER",
        "H265, 0x4E, false, false, OTHER"
    })
    void headerBytes(
            VideoCodec codec, String header, boolean vcl, boolean set, AccessUnitKind kind) {
        int firstByte = Integer.decode(header);

        assertThat(NalUnits.isVcl(codec, firstByte)).isEqualTo(vcl);
        assertThat(NalUnits.isParameterSet(codec, firstByte)).isEqualTo(set);
        assertThat(NalUnits.kindOf(codec, firstByte)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"0x09, 0x46"})
    void delimiters(String h264, String h265) {
        assertThat(NalUnits.isAccessUnitDelimiter(H264, Integer.decode(h264))).isTrue();
        assertThat(NalUnits.isAccessUnitDelimiter(H265, Integer.decode(h265))).isTrue();
        assertThat(NalUnits.isAccessUnitDelimiter(H264, 0x65)).isFalse();
    }
}
