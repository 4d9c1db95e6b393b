package io.gapless.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gapless.media.VideoCodec;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.FFmpegTools;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares sizes and {@code av1C} with those of {@link FFmpegTools FFmpeg} for streams of libaom.
 */
final class Av1SequenceTest {
    /** 160 x 96, level 2.0, as libaom made it. */
    private static final String HEADER = "00000003b4fdf36be601";

    @ParameterizedTest
    @CsvSource({
        "320, 180, yuv420p, 0",
        "1922, 1082, yuv420p, 0",
        "318, 182, yuv444p, 0",
        "318, 182, yuv422p, 0",
        "320, 180, yuv420p10le, 0",
        "320, 180, yuv422p12le, 0",
        "320, 180, gray, 0",
        "64, 48, yuv420p, 1"
    })
    void agreesWithFFmpeg(int width, int height, String pixels, String stillPicture) {
        Clip clip =
                ClipEncoder.of(VideoCodec.AV1)
                        .size(width, height)
                        .pixelFormat(pixels)
                        .frames(1)
                        .options("-still-picture", stillPicture)
                        .encode();
        Av1Sequence sequence = Av1Sequence.of(clip.parameterSets().get(0));

        assertThat(sequence.keyFramesOnly()).isEqualTo(stillPicture.equals("1"));
        assertThat(sequence.configuration().width()).isEqualTo(width);
        assertThat(sequence.configuration().height()).isEqualTo(height);
        assertThat(hex(sequence.configuration().decoderConfigurationRecord()))
                .isEqualTo(hex(clip.decoderConfigurationRecord()));
        assertThat(Obus.isTemporalUnit(ByteBuffer.wrap(clip.pictures().get(0).data()))).isTrue();
    }

    /** Timing, a decoder model with delays of 10 bits, display delays, two operating points. */
    @Test
    void passesOverWhatAnEncoderMayLeaveOut() {
        String bits =
                "000"
                        + "0"
                        + "0" // profile, still_picture, reduced_still_picture_header
                        + "1"
                        + "0".repeat(64)
                        + "1"
                        + "00100" // a uvlc of 3
                        + "1"
                        + "01001"
                        + "0".repeat(32 + 5 + 5)
                        + "1"
                        + "00001" // initial_display_delay_present_flag, two points
                        + "000100000011"
                        + "01101"
                        + "1"
                        + "1"
                        + "0".repeat(21)
                        + "1"
                        + "1001"
                        + "000100000001"
                        + "00101"
                        + "0"
                        + "0"
                        + "1010"
                        + "1010"
                        + "11101111111"
                        + "10000110111" // 1920 x 1080
                        + "1"
                        + "0000000" // frame ids
                        + "000"
                        + "0000"
                        + "0" // no order hints
                        + "0"
                        + "1"
                        + "0"
                        + "0" // screen content, with an integer_mv of 0
                        + "000" // superres, cdef, restoration
                        + "1"
                        + "0"
                        + "1"
                        + "00000001".repeat(3)
                        + "0"
                        + "10"
                        + "0" // colour
                        + "0"
                        + "1";
        Av1SequenceHeader header = Av1SequenceHeader.parse(ofBits(bits));
        assertThat(header.level()).isEqualTo(13);
        assertThat(header.tier()).isEqualTo(1);
        assertThat(header.size().width("")).isEqualTo(1920);
        assertThat(header.size().height("")).isEqualTo(1080);
        assertThat(header.color()).isEqualTo(new Av1Color(10, false, true, true, 2));
    }

    private static ByteBuffer ofBits(String bits) {
        ByteBuffer bytes = ByteBuffer.allocate((bits.length() + 7) / 8);
        for (int i = 0; i < bits.length(); i++) {
            if (bits.charAt(i) == '1') {
                bytes.put(i / 8, (byte) (bytes.get(i / 8) | 0x80 >> i % 8));
            }
        }
        return bytes;
    }

    @Test
    void rubbishIsRefusedWithASentence() {
        ByteBuffer header = ByteBuffer.wrap(HexFormat.of().parseHex(HEADER));
        assertThat(Av1Sequence.of(header).configuration().width()).isEqualTo(160);
        for (int cut = 0; cut < header.limit() - 1; cut++) {
            ByteBuffer torn = header.slice(0, cut);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Av1Sequence.of(torn))
                    .withMessageContaining("the AV1 sequence header ends too early");
        }
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            try {
                Av1Sequence.of(ByteBuffer.wrap(bytes));
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("the AV1 sequence header");
            }
        }
    }

    @Test
    void sizesInFourBytesReadAsTheyAre() {
        for (int size : new int[] {0, 1, 127, 128, 300, 16_383, 16_384, 1 << 21, 16 << 20}) {
            ByteBuffer bytes = ByteBuffer.allocate(4).putInt(Obus.sizeIn4Bytes(size)).flip();
            assertThat(Obus.leb128(bytes)).isEqualTo(size);
            assertThat(bytes.remaining()).isZero();
        }
        assertThat(Obus.leb128(ByteBuffer.wrap(HexFormat.of().parseHex("80".repeat(8) + "00"))))
                .isEqualTo(-1);
        assertThat(Obus.leb128(ByteBuffer.wrap(HexFormat.of().parseHex("ffffffffff00"))))
                .isEqualTo(-1);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
