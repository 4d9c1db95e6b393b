package io.gapless.rtp.av1;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.rtp.RecordedAccessUnits;
import io.gapless.rtp.RtpPackets;
import org.junit.jupiter.api.Test;

/** RTP Payload Format For AV1, section 4, packet by packet. */
class Av1DepacketizerTest {
    private static final String SIZE = "00000003b4fdf36be601";

    /** An element of 11 bytes, and what is stored of it. */
    private static final String SEQUENCE_HEADER = "08" + SIZE;

    private static final String STORED = " 0a:" + SIZE + "*";

    /** Frames: shown key frame, inter frame, hidden inter frame; and an existing one to show. */
    private static final String KEY = "3010aa";

    private static final String INTER = "3030bb";
    private static final String HIDDEN = "3020cc";
    private static final String EXISTING = "1880";
    private static final String KEY_UNIT = "0 KEY_CLOSED" + STORED + " 32:10aa*";

    private final RecordedAccessUnits recorded = new RecordedAccessUnits();
    private final TemporalUnits units = new TemporalUnits(recorded);
    private final Av1Depacketizer depacketizer = new Av1Depacketizer(new ObuReader(units));

    private void packet(int timestamp, String payload) {
        units.beginPacket(timestamp, 0);
        depacketizer.packet(RtpPackets.hex(payload));
    }

    private void last(int timestamp, String payload) {
        packet(timestamp, payload);
        units.marker();
    }

    private void lost() {
        units.packetsLost();
        depacketizer.packetsLost();
    }

    /** A temporal unit that may be entered, and what it leaves behind is taken off again. */
    private void begin() {
        last(0, "28 0b" + SEQUENCE_HEADER + KEY);
        assertThat(recorded.lines).containsExactly("packets lost", "configured", KEY_UNIT);
        recorded.lines.clear();
    }

    @Test
    void elementsAreAsManyAsTheHeaderSays() {
        last(0, "08 0b" + SEQUENCE_HEADER + "03" + KEY);
        last(1, "00 03" + INTER);
        last(2, "10" + INTER);
        last(3, "20 03" + HIDDEN + EXISTING);
        last(4, "30 0228aa 03" + HIDDEN + INTER);
        assertThat(recorded.lines)
                .containsExactly(
                        "packets lost",
                        "configured",
                        KEY_UNIT,
                        "1 OTHER 32:30bb*",
                        "2 OTHER 32:30bb*",
                        "3 OTHER 32:20cc* 1a:80*",
                        "4 OTHER 2a:aa* 32:20cc* 32:30bb*");
    }

    /** Wherever they are torn apart, here after each byte, in elements with and without length. */
    @Test
    void fragmentsBecomeWholeObus() {
        String unit = SEQUENCE_HEADER;
        for (int at = 0; at < unit.length(); at += 2) {
            boolean first = at == 0;
            boolean end = at + 2 == unit.length();
            String header = first ? "58" : end ? "a0 01" : at % 4 == 0 ? "d0" : "c0 01";
            packet(0, header + unit.substring(at, at + 2) + (end ? KEY.substring(0, 2) : ""));
        }
        assertThat(recorded.lines).containsExactly("packets lost", "configured");
        last(0, "10" + KEY);
        assertThat(recorded.lines).last().isEqualTo("0 KEY_CLOSED" + STORED + " 32:* 32:10aa*");
    }

    @Test
    void anExtensionStaysAndASizeIsReplaced() {
        begin();
        last(1, "10 36 08 02 30bb");
        last(2, "10 32 82808000 30bb");
        assertThat(recorded.lines).containsExactly("1 OTHER 3608:30bb*", "2 OTHER 32:30bb*");
    }

    @Test
    void delimitersPaddingCopiesOfHeadersAndTileListsAreLeftOut() {
        begin();
        last(1, "00 0110 0278aa 03" + INTER + "0238aa 0240aa");
        assertThat(recorded.lines).containsExactly("1 OTHER 32:30bb*");
    }

    /** Bit N is neither needed nor believed. */
    @Test
    void framesSayThemselvesWhetherTheyAreKeys() {
        begin();
        last(1, "18" + INTER);
        last(2, "18" + KEY);
        last(3, "28 0b" + SEQUENCE_HEADER + INTER);
        last(4, "28 0b" + SEQUENCE_HEADER + "3000aa"); // a key frame, but hidden
        last(5, "28 0b" + SEQUENCE_HEADER + "3090aa"); // an existing frame
        last(6, "30 0b" + SEQUENCE_HEADER + "021810 20aa"); // header and tiles apart
        assertThat(recorded.lines)
                .extracting(line -> line.substring(0, line.indexOf(" ", 2)))
                .containsExactly(
                        "1 OTHER", "2 OTHER", "3 OTHER", "4 OTHER", "5 OTHER", "6 KEY_CLOSED");
    }

    /** With reduced_still_picture_header no frame has the fields that others are judged by. */
    @Test
    void framesOfStillPicturesAreKeys() {
        last(0, "20 07 08 18157fbda008 3080aa");
        assertThat(recorded.lines).last().asString().startsWith("0 KEY_CLOSED 0a:18157fbda008*");
    }

    @Test
    void aTemporalUnitEndsWhereTheTimeChangesToo() {
        begin();
        packet(1, "10" + INTER);
        packet(2, "10" + INTER);
        assertThat(recorded.lines).containsExactly("1 OTHER 32:30bb*");
        last(2, "10" + INTER);
        assertThat(recorded.lines).last().isEqualTo("2 OTHER 32:30bb* 32:30bb*");
    }

    @Test
    void aMarkerBeforeThereIsAFrameEndsNothing() {
        last(0, "10" + SEQUENCE_HEADER);
        last(7, "10" + KEY);
        assertThat(recorded.lines)
                .containsExactly("packets lost", "configured", KEY_UNIT.replace("0 K", "7 K"));
    }

    @Test
    void aSequenceHeaderThatDiffersIsAnotherConfiguration() {
        begin();
        last(1, "28 0b" + SEQUENCE_HEADER + KEY);
        last(2, "28 0b" + SEQUENCE_HEADER.replace("4fd", "4ed") + KEY);
        last(3, "28 0408ffffff" + KEY);
        last(4, "28 0b" + SEQUENCE_HEADER + KEY);
        assertThat(recorded.lines)
                .extracting(line -> line.replaceAll(" 0a:.*", ""))
                .containsExactly(
                        "1 KEY_CLOSED",
                        "configured",
                        "2 KEY_CLOSED",
                        "unusable",
                        "3 OTHER",
                        "configured",
                        "4 KEY_CLOSED");
    }

    @Test
    void aLossInTheMiddleCostsItsTemporalUnit() {
        begin();
        packet(1, "50 3030");
        lost();
        packet(1, "d0 bb");
        last(1, "90 bb");
        last(2, "10" + INTER);
        assertThat(recorded.lines).containsExactly("unit lost", "2 OTHER 32:30bb*");
    }

    /** What is missing may have been the beginning of the next one. */
    @Test
    void afterALostEndTheNextTemporalUnitMustBeginWithWhatOnlyBeginnings() {
        begin();
        packet(1, "50 3030");
        lost();
        last(2, "10" + INTER);
        last(3, "10" + INTER);
        assertThat(recorded.lines).containsExactly("unit lost", "unit lost", "3 OTHER 32:30bb*");
        recorded.lines.clear();
        lost();
        last(4, "00 0110 03" + INTER);
        lost();
        last(5, "28 0b" + SEQUENCE_HEADER + KEY);
        assertThat(recorded.lines)
                .containsExactly(
                        "packets lost",
                        "4 OTHER 32:30bb*",
                        "packets lost",
                        KEY_UNIT.replace("0 K", "5 K"));
    }

    @Test
    void whereEachTemporalUnitHasOneFrameAFrameBeginsOne() {
        beginAndGoOn();
        lost();
        last(100, "10" + INTER);
        packet(101, "50 3030");
        lost();
        last(102, "10" + INTER);
        lost();
        last(103, "20 0218a0" + "20bb"); // header and tiles apart
        assertThat(recorded.lines)
                .containsExactly(
                        "packets lost",
                        "100 OTHER 32:30bb*",
                        "unit lost",
                        "102 OTHER 32:30bb*",
                        "packets lost",
                        "103 OTHER 1a:a0* 22:bb*");
    }

    @Test
    void whatSurelyIsNoBeginningIsNoneThereEither() {
        beginAndGoOn();
        String[] rests = {
            "10" + KEY, // of which the sequence header is missing
            "10 20bb", // tiles
            "20 0228aa" + INTER, // metadata, before which there may be a sequence header
            "90 bb"
        };
        for (int i = 0; i < rests.length; i++) {
            lost();
            last(100 + i, rests[i]);
            assertThat(recorded.lines).as(rests[i]).containsExactly("packets lost", "unit lost");
            recorded.lines.clear();
        }
    }

    @Test
    void oneHiddenFrameAndAFrameIsDoubtfulEverAfter() {
        begin();
        last(1, "20 03" + HIDDEN + INTER);
        for (int i = 2; i < 50; i++) {
            last(i, "10" + INTER);
        }
        recorded.lines.clear();
        lost();
        last(100, "10" + INTER);
        assertThat(recorded.lines).containsExactly("packets lost", "unit lost");
    }

    private void beginAndGoOn() {
        begin();
        for (int i = 1; i < 32; i++) {
            last(i, "10" + INTER);
        }
        recorded.lines.clear();
    }

    @Test
    void whatMakesNoSenseCostsItsTemporalUnit() {
        begin();
        String[] broken = {
            "00 04" + INTER, // longer than the packet
            "00 ffffffffff01" + INTER, // longer than anything
            "20 03" + INTER, // one element of two
            "10", // none
            "90" + INTER, // goes on with nothing
            "10 b030", // the forbidden bit
            "10 32", // a header without the size it promises
            "10 32 03 30bb", // shorter than its size
            "10 32 01 30bb", // longer
            "10 32 808080808080808080 30bb" // a size of nine bytes
        };
        for (int i = 0; i < broken.length; i++) {
            packet(10 + i, broken[i]);
            last(10 + i, "10" + INTER);
            assertThat(recorded.lines).as(broken[i]).containsExactly("unit lost");
            recorded.lines.clear();
        }
        last(30, "10" + INTER);
        assertThat(recorded.lines).containsExactly("30 OTHER 32:30bb*");
    }

    @Test
    void anObuThatIsNeverFinishedCostsItsTemporalUnit() {
        begin();
        packet(1, "50" + INTER);
        last(1, "10" + INTER);
        packet(2, "50" + INTER);
        packet(3, "90 bb");
        last(4, "10" + INTER);
        assertThat(recorded.lines)
                .containsExactly("unit lost", "unit lost", "unit lost", "4 OTHER 32:30bb*");
    }
}
