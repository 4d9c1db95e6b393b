package io.gapless.rtp.g726;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.testing.FFmpegTools;
import io.gapless.simulator.content.AudioClip;
import io.gapless.simulator.content.AudioEncoding;
import io.gapless.simulator.content.AudioFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * FFmpeg encodes a tone, and what we hear is what it hears, but for rounding: FFmpeg mixes the
 * scale factors in another precision than G.726 does (MIX), and at 40 kbit/s forgets the zeros'
 * coefficients twice as fast (UPB), so that there only the first moments can be compared.
 */
class G726DepacketizerTest {
    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({
        "G726_16, KBIT_16, false, 12000",
        "G726_24, KBIT_24, false, 12000",
        "G726_32, KBIT_32, false, 12000",
        "G726_40, KBIT_40, false, 200",
        "AAL2_G726_32, KBIT_32, true, 12000"
    })
    void soundsAsFFmpegHearsIt(
            AudioFormat format, G726Rate rate, boolean highestFirst, int samplesCompared)
            throws IOException {
        AudioClip clip = AudioEncoding.encode(format);
        List<Integer> starts = new ArrayList<>();
        ByteArrayOutputStream ours = new ByteArrayOutputStream();
        G726Depacketizer depacketizer =
                new G726Depacketizer(
                        rate,
                        highestFirst,
                        (unit, rtpTimestamp, samples) -> {
                            assertThat(samples).isEqualTo(160);
                            starts.add(rtpTimestamp);
                            while (unit.hasRemaining()) {
                                ours.write(unit.get());
                            }
                        });
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        for (int i = 0; i < clip.units().size(); i++) {
            depacketizer.packet(ByteBuffer.wrap(clip.units().get(i)), 160 * i, false);
            coded.writeBytes(clip.units().get(i));
        }
        assertThat(starts).hasSameSizeAs(clip.units()).startsWith(0, 160, 320);
        short[] heard = byFFmpeg(coded.toByteArray(), rate, highestFirst);
        assertThat(heard).hasSize(ours.size());
        assertThat(decibels(ours.toByteArray(), heard, samplesCompared)).isGreaterThan(20);
    }

    private short[] byFFmpeg(byte[] coded, G726Rate rate, boolean highestFirst) throws IOException {
        Path in = Files.write(directory.resolve("coded"), coded);
        Path out = directory.resolve("heard");
        FFmpegTools.ffmpeg(
                "-f",
                highestFirst ? "g726" : "g726le",
                "-code_size",
                Integer.toString(rate.codeBits()),
                "-i",
                in.toString(),
                "-f",
                "s16le",
                out.toString());
        ByteBuffer samples = ByteBuffer.wrap(Files.readAllBytes(out)).order(LITTLE_ENDIAN);
        short[] heard = new short[samples.remaining() / Short.BYTES];
        samples.asShortBuffer().get(heard);
        return heard;
    }

    /** How much louder the sound is than the difference. */
    private static double decibels(byte[] ours, short[] heard, int samples) {
        double sound = 0;
        double difference = 0;
        for (int i = 0; i < samples; i++) {
            double apart = linear(ours[i]) - heard[i];
            sound += (double) heard[i] * heard[i];
            difference += apart * apart;
        }
        return 10 * Math.log10(sound / difference);
    }

    /** ITU-T G.711, table 2. */
    private static int linear(byte muLaw) {
        int inverted = ~muLaw & 0xFF;
        int magnitude = ((((inverted & 0x0F) << 3) + 0x84) << (inverted >> 4 & 7)) - 0x84;
        return inverted >= 0x80 ? -magnitude : magnitude;
    }
}
