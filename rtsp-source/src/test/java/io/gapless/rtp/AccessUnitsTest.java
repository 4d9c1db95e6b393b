package io.gapless.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.VideoCodec;
import io.gapless.rtp.h264.H264Depacketizer;
import io.gapless.rtp.h265.H265Depacketizer;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** From payloads to access units, and what remains of these when packets are lost. */
class AccessUnitsTest {
    private static final boolean MARKER = true;

    private final RecordedAccessUnits units = new RecordedAccessUnits();
    private AccessUnits accessUnits;
    private VideoDepacketizer depacketizer;

    AccessUnitsTest() {
        use(VideoCodec.H264);
    }

    private void use(VideoCodec codec) {
        accessUnits = new AccessUnits(codec, new ParameterSets(codec), units);
        AnnexBSplitter splitter = new AnnexBSplitter(codec, accessUnits);
        depacketizer =
                codec == VideoCodec.H264
                        ? new H264Depacketizer(splitter)
                        : new H265Depacketizer(splitter);
    }

    private void packet(int timestamp, boolean marker, String payload) {
        ByteBuffer bytes = RtpPackets.hex(payload);
        accessUnits.beginPacket(timestamp, 0);
        depacketizer.packet(bytes);
        if (marker) {
            accessUnits.marker();
        }
    }

    private void lost() {
        accessUnits.packetsLost();
        depacketizer.packetsLost();
    }

    @Test
    void singleNalUnits() {
        packet(1, MARKER, "65 8801");
        packet(2, MARKER, "41 9a02");
        assertThat(units.lines).containsExactly("1 KEY_CLOSED 658801*", "2 OTHER 419a02*");
    }

    @Test
    void fragmentationUnits() {
        packet(1, false, "7c 85 8801");
        packet(1, false, "7c 05 0203");
        packet(1, MARKER, "7c 45 04");
        assertThat(units.lines).containsExactly("1 KEY_CLOSED 6588010203" + "04*");
    }

    @Test
    void h265() {
        use(VideoCodec.H265);
        packet(1, false, "6001 0003 4e0105 0004 2801af01");
        packet(1, MARKER, "0201 80");
        packet(2, false, "6201 93 af01");
        packet(2, MARKER, "6201 53 02");
        assertThat(units.lines)
                .containsExactly("1 KEY_CLOSED 4e0105 2801af01* 020180*", "2 KEY_OPEN 2601af0102*");
    }

    @Test
    void zerosInsideASliceStay() {
        packet(1, false, "7c 85 8801 0000");
        packet(1, MARKER, "7c 45 0301 00");
        assertThat(units.lines).containsExactly("1 KEY_CLOSED 65880100000301*");
    }

    @Test
    void anAccessUnitThatEndsWithinANalUnitIsLostAndTheNextIsKept() {
        packet(1, false, "7c 85 8801");
        packet(2, MARKER, "7c 81 9a02");
        packet(3, MARKER, "7c 81 9a03");
        packet(3, false, "7c 41 04");
        packet(4, MARKER, "41 9a05");
        assertThat(units.lines)
                .containsExactly("unit lost", "unit lost", "unit lost", "4 OTHER 419a05*");
    }

    @Test
    void aNalUnitWithoutEndWithinAnAccessUnitLosesIt() {
        packet(1, false, "7c 85 8801");
        packet(1, MARKER, "65 9a02");
        packet(2, MARKER, "41 9a03");
        assertThat(units.lines).containsExactly("unit lost", "2 OTHER 419a03*");
    }

    @Test
    void lossInsideAnAccessUnitDropsAllOfIt() {
        packet(1, false, "7c 85 8801");
        lost();
        packet(1, MARKER, "7c 45 02");
        packet(2, MARKER, "41 9a");
        assertThat(units.lines).containsExactly("unit lost", "2 OTHER 419a*");
    }

    @Test
    void lossOfAnEndDropsTheUnitAndKeepsTheNextIfItBeginsWell() {
        packet(1, false, "7c 85 8801");
        lost();
        packet(2, MARKER, "41 9a");
        assertThat(units.lines).containsExactly("unit lost", "2 OTHER 419a*");
    }

    @Test
    void lossOfABeginningDropsTheUnit() {
        packet(1, MARKER, "65 88");
        lost();
        packet(2, false, "41 1a");
        packet(2, MARKER, "41 0a");
        packet(3, MARKER, "41 9b");
        assertThat(units.lines)
                .containsExactly(
                        "1 KEY_CLOSED 6588*", "packets lost", "unit lost", "3 OTHER 419b*");
    }

    @Test
    void lossOfAFragmentsStartDropsTheUnit() {
        packet(1, MARKER, "65 88");
        lost();
        packet(2, false, "7c 05 02");
        packet(2, MARKER, "7c 45 03");
        packet(3, MARKER, "41 9b");
        assertThat(units.lines)
                .containsExactly(
                        "1 KEY_CLOSED 6588*", "packets lost", "unit lost", "3 OTHER 419b*");
    }
}
