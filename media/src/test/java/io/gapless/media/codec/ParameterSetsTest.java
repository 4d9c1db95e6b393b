package io.gapless.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gapless.media.VideoCodec;
import io.gapless.media.VideoConfiguration;
import io.gapless.media.testing.Clip;
import io.gapless.media.testing.ClipEncoder;
import io.gapless.media.testing.FragmentBuilder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares sizes and records with those of FFmpeg for streams of x264 and x265. */
final class ParameterSetsTest {
    private static final ByteBuffer SPS_1080P =
            hex("67640028acd940780227e5c0440000030004000003 00c83c60c658".replace(" ", ""));
    private static final ByteBuffer PPS = hex("68ebe3cb22c0");

    @ParameterizedTest
    @CsvSource({
        "320, 180, yuv420p, high",
        "322, 178, yuv420p, main",
        "1920, 1080, yuv420p, baseline",
        "318, 182, yuv422p, high422",
        "318, 182, yuv444p, high444",
        "320, 180, yuv420p10le, high10"
    })
    void h264AgreesWithFFmpeg(int width, int height, String pixels, String profile) {
        Clip clip =
                ClipEncoder.of(VideoCodec.H264)
                        .size(width, height)
                        .pixelFormat(pixels)
                        .frames(1)
                        .options("-profile:v", profile)
                        .encode();
        VideoConfiguration configuration = FragmentBuilder.configuration(clip);

        assertThat(configuration.width()).isEqualTo(width);
        assertThat(configuration.height()).isEqualTo(height);
        assertThat(hex(configuration.decoderConfigurationRecord()))
                .isEqualTo(hex(clip.decoderConfigurationRecord()));
    }

    @Test
    void h264InterlacedAndWithScalingListsHasTheSizeOfTheFrame() {
        Clip clip =
                ClipEncoder.of(VideoCodec.H264)
                        .size(720, 572)
                        .frames(2)
                        .options("-x264-params", "interlaced=1:cqm=jvt:scenecut=0")
                        .encode();
        VideoConfiguration configuration = FragmentBuilder.configuration(clip);

        assertThat(configuration.width()).isEqualTo(720);
        // 36 rows of macroblocks less 1 unit of cropping, 4 rows where a frame may be two fields
        assertThat(configuration.height()).isEqualTo(572);
        assertThat(hex(configuration.decoderConfigurationRecord()))
                .isEqualTo(hex(clip.decoderConfigurationRecord()));
    }

    @ParameterizedTest
    @CsvSource({
        "320, 180, yuv420p",
        "322, 178, yuv420p",
        "318, 182, yuv422p",
        "318, 182, yuv444p",
        "320, 180, yuv420p10le"
    })
    void h265AgreesWithFFmpeg(int width, int height, String pixels) {
        Clip clip =
                ClipEncoder.of(VideoCodec.H265)
                        .size(width, height)
                        .pixelFormat(pixels)
                        .frames(1)
                        .encode();
        VideoConfiguration configuration = FragmentBuilder.configuration(clip);

        assertThat(configuration.width()).isEqualTo(width);
        assertThat(configuration.height()).isEqualTo(height);
        assertThat(withoutHints(configuration.decoderConfigurationRecord()))
                .isEqualTo(withoutHints(clip.decoderConfigurationRecord()));
    }

    /** Leaves out min_spatial_segmentation_idc and parallelismType, which we do not look for. */
    private static String withoutHints(byte[] hvcC) {
        byte[] copy = hvcC.clone();
        Arrays.fill(copy, 13, 16, (byte) 0);
        return hex(copy);
    }

    @Test
    void cropping1088To1080() {
        VideoConfiguration configuration =
                H264ParameterSets.configuration(List.of(SPS_1080P), List.of(PPS));

        assertThat(configuration.width()).isEqualTo(1920);
        assertThat(configuration.height()).isEqualTo(1080);
    }

    @Test
    void repeatedSetsAndTrailingZerosChangeNothing() {
        ByteBuffer padded =
                ByteBuffer.allocate(SPS_1080P.limit() + 2).put(SPS_1080P.duplicate()).rewind();

        assertThat(H264ParameterSets.configuration(List.of(SPS_1080P, padded), List.of(PPS, PPS)))
                .isEqualTo(H264ParameterSets.configuration(List.of(SPS_1080P), List.of(PPS)));
    }

    @Test
    void rubbishIsRefusedWithASentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> H264ParameterSets.configuration(List.of(), List.of(PPS)))
                .withMessageContaining("0 of H.264 sequence parameter set");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> H264ParameterSets.configuration(List.of(PPS), List.of(PPS)))
                .withMessageContaining("NAL unit of type 8");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                H264ParameterSets.configuration(
                                        List.of(SPS_1080P.slice(0, 6)), List.of(PPS)))
                .withMessageContaining("ends too early");
    }

    @Test
    void randomBytesAreRefusedOrUnderstoodButNeverAnythingElse() {
        Random random = new Random(1);
        byte[] bytes = new byte[40];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            bytes[0] = 0x67;
            parsedOrRefused(
                    () ->
                            H264ParameterSets.configuration(
                                    List.of(ByteBuffer.wrap(bytes)), List.of(PPS)));
            bytes[0] = 0x42;
            ByteBuffer vps = hex("40010c01ff");
            ByteBuffer pps = hex("4401c172b4");
            parsedOrRefused(
                    () ->
                            H265ParameterSets.configuration(
                                    List.of(vps), List.of(ByteBuffer.wrap(bytes)), List.of(pps)));
        }
    }

    private static void parsedOrRefused(Runnable parse) {
        try {
            parse.run();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining(" ");
        }
    }

    private static ByteBuffer hex(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
