package io.gapless.rtp.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.VideoConfiguration;
import io.gapless.media.codec.AccessUnitKind;
import io.gapless.media.testing.FFmpegTools;
import io.gapless.rtp.AccessUnitSink;
import io.gapless.rtp.RtpPacket;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of other encoders, taken apart as RFC 2435 has it, and put together again by us. */
class JpegDepacketizerTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    private final Pictures recorded = new Pictures();
    private final JpegDepacketizer depacketizer = new JpegDepacketizer(recorded);
    private final RtpPacket packet = new RtpPacket();

    @TempDir Path directory;

    /** Keeps whole pictures, and a line for whatever else happens. */
    private static final class Pictures implements AccessUnitSink {
        final List<byte[]> pictures = new ArrayList<>();
        final List<String> lines = new ArrayList<>();
        private ByteArrayOutputStream picture = new ByteArrayOutputStream();

        @Override
        public void beginNalUnit() {
            lines.add("NAL unit");
        }

        @Override
        public void beginPicture() {
            picture = new ByteArrayOutputStream();
        }

        @Override
        public void append(ByteBuffer piece) {
            while (piece.hasRemaining()) {
                picture.write(piece.get());
            }
        }

        @Override
        public void endNalUnit(boolean vcl) {
            assertThat(vcl).isTrue();
        }

        @Override
        public void endAccessUnit(int rtpTimestamp, long arrivalNanos, AccessUnitKind kind) {
            pictures.add(picture.toByteArray());
            lines.add("picture at " + rtpTimestamp);
        }

        @Override
        public void accessUnitLost() {
            lines.add("picture lost");
        }

        @Override
        public void packetsLost() {
            lines.add("packets lost");
        }

        @Override
        public void configured(VideoConfiguration configuration) {
            lines.add(configuration.width() + "x" + configuration.height());
        }

        @Override
        public void unusableParameterSets(String reason) {
            lines.add("unusable");
        }
    }

    /** A JPEG file taken apart. */
    private static final class Taken {
        private final byte[] tables;
        private final byte[] scan;
        private final int restartInterval;

        private Taken(byte[] tables, byte[] scan, int restartInterval) {
            this.tables = tables;
            this.scan = scan;
            this.restartInterval = restartInterval;
        }

        static Taken of(byte[] file) {
            ByteArrayOutputStream tables = new ByteArrayOutputStream();
            int restartInterval = 0;
            int at = 2;
            while (true) {
                int marker = file[at + 1] & 0xFF;
                int length = (file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF);
                if (marker == 0xDB) {
                    for (int t = at + 4; t < at + 2 + length; t += 65) {
                        tables.write(file, t + 1, 64);
                    }
                } else if (marker == 0xDD) {
                    restartInterval = (file[at + 4] & 0xFF) << 8 | (file[at + 5] & 0xFF);
                } else if (marker == 0xDA) {
                    byte[] scan = Arrays.copyOfRange(file, at + 2 + length, file.length - 2);
                    return new Taken(tables.toByteArray(), scan, restartInterval);
                }
                at += 2 + length;
            }
        }

        /** Packets of 300 bytes of scan; tables in the first if {@code q} says so. */
        List<byte[]> packets(int q, boolean withTables) {
            List<byte[]> packets = new ArrayList<>();
            for (int at = 0; at < scan.length; at += 300) {
                int end = Math.min(scan.length, at + 300);
                ByteBuffer out = ByteBuffer.allocate(1024);
                out.putInt(at).put((byte) (restartInterval > 0 ? 65 : 1)).put((byte) q);
                out.put((byte) (WIDTH / 8)).put((byte) (HEIGHT / 8));
                if (restartInterval > 0) {
                    out.putShort((short) restartInterval).putShort((short) 0xFFFF);
                }
                if (at == 0 && q >= 128) {
                    out.putShort((short) 0).putShort((short) (withTables ? tables.length : 0));
                    out.put(withTables ? tables : new byte[0]);
                }
                out.put(scan, at, end - at);
                packets.add(Arrays.copyOf(out.array(), out.position()));
            }
            return packets;
        }
    }

    private void send(List<byte[]> payloads, int timestamp, boolean markers) {
        for (int i = 0; i < payloads.size(); i++) {
            send(payloads.get(i), timestamp, markers && i == payloads.size() - 1);
        }
    }

    private void send(byte[] payload, int timestamp, boolean marker) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(12 + payload.length);
        bytes.put((byte) 0x80).put((byte) (marker ? 0x80 | 26 : 26)).putShort((short) 1);
        bytes.putInt(timestamp).putInt(7).put(payload).flip();
        assertThat(packet.parse(bytes)).isTrue();
        depacketizer.packet(packet, 0);
    }

    /** Noise, so that it has many packets. */
    private static BufferedImage image(long seed) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(seed);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            image.setRGB(i % WIDTH, i / WIDTH, random.nextInt());
        }
        return image;
    }

    /** By FFmpeg, in 4:2:0 and with the usual Huffman tables. */
    private byte[] file(String... options) throws IOException {
        Path png = directory.resolve("in.png");
        Path jpeg = directory.resolve("out.jpg");
        ImageIO.write(image(1), "png", png.toFile());
        List<String> arguments = new ArrayList<>(List.of("-i", png.toString()));
        arguments.addAll(List.of("-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-huffman", "default"));
        arguments.addAll(List.of(options));
        arguments.add(jpeg.toString());
        FFmpegTools.ffmpeg(arguments.toArray(String[]::new));
        return Files.readAllBytes(jpeg);
    }

    private static void assertSameImage(byte[] one, byte[] other) throws IOException {
        BufferedImage a = ImageIO.read(new ByteArrayInputStream(one));
        BufferedImage b = ImageIO.read(new ByteArrayInputStream(other));
        int[] pixels = a.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH);
        assertThat(b.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH)).isEqualTo(pixels);
    }

    @Test
    void tablesAreSentOrRemembered() throws IOException {
        byte[] file = file();
        Taken taken = Taken.of(file);
        send(taken.packets(200, false), 0, true);
        send(taken.packets(200, true), 3600, true);
        send(taken.packets(200, false), 7200, true);
        send(taken.packets(255, true), 10_800, true);
        assertThat(recorded.lines)
                .containsExactly(
                        "unusable",
                        "picture lost",
                        "64x48",
                        "picture at 3600",
                        "picture at 7200",
                        "picture at 10800");
        for (byte[] picture : recorded.pictures) {
            assertSameImage(picture, file);
        }
    }

    @Test
    void restartMarkersKeepTheirInterval() throws IOException {
        byte[] file = file("-threads", "3", "-thread_type", "slice", "-slices", "3");
        Taken taken = Taken.of(file);
        assertThat(taken.restartInterval).isPositive();
        send(taken.packets(255, true), 0, true);
        assertSameImage(recorded.pictures.get(0), file);
    }

    /** libjpeg's quality is RFC 2435's Q, and Java's encoder has its tables at 0.5 and 0.75. */
    @Test
    void tablesAreComputed() {
        QuantizationTables tables = new QuantizationTables();
        byte[] half = tables.read(50, ByteBuffer.allocate(0)).orElseThrow().tables().get(0);
        assertThat(half).startsWith(16, 11, 12, 14).endsWith(103, 99);
        byte[] threeQuarters =
                tables.read(75, ByteBuffer.allocate(0)).orElseThrow().tables().get(1);
        assertThat(threeQuarters).startsWith(9, 9, 9, 12).endsWith(50, 50);
        byte[] worst = tables.read(1, ByteBuffer.allocate(0)).orElseThrow().tables().get(0);
        assertThat(worst).containsOnly(255);
        assertThat(tables.read(0, ByteBuffer.allocate(0))).isEmpty();
        assertThat(tables.read(100, ByteBuffer.allocate(0))).isEmpty();
    }

    @Test
    void whatIsNotWholeIsGivenUpOnce() throws IOException {
        List<byte[]> packets = Taken.of(file()).packets(255, true);
        send(packets.subList(0, 2), 0, false);
        depacketizer.packetsLost();
        send(packets.subList(3, packets.size()), 0, true);
        send(packets, 3600, true);
        depacketizer.packetsLost();
        send(packets, 7200, true);
        assertThat(recorded.lines)
                .containsExactly(
                        "64x48",
                        "picture lost",
                        "picture at 3600",
                        "packets lost",
                        "picture at 7200");
    }

    @Test
    void aPictureThatEndsWithoutMarkerIsWholeIfItEnds() throws IOException {
        List<byte[]> packets = new ArrayList<>(Taken.of(file()).packets(255, true));
        send(packets, 0, false);
        byte[] last = packets.remove(packets.size() - 1);
        byte[] ended = Arrays.copyOf(last, last.length + 2);
        ended[last.length] = (byte) 0xFF;
        ended[last.length + 1] = (byte) 0xD9;
        packets.add(ended);
        send(packets, 3600, false);
        send(packets, 7200, true);
        assertThat(recorded.lines)
                .containsExactly("64x48", "picture lost", "picture at 3600", "picture at 7200");
        assertThat(recorded.pictures.get(0)).isEqualTo(recorded.pictures.get(1));
    }

    @Test
    void nonsenseIsNoPicture() {
        send(new byte[3], 0, true);
        send(new byte[8], 0, true);
        send(new byte[] {0, 0, 0, 0, 70, 50, 8, 8, 1}, 3600, true);
        send(new byte[] {0, 0, 0, 0, 1, (byte) 255, 8, 8, 0, 0, 9, 9, 1}, 7200, true);
        send(new byte[] {0, 0, 0, 0, 1, 50, 0, 8, 1}, 10_800, true);
        assertThat(recorded.pictures).isEmpty();
        assertThat(recorded.lines).containsOnly("unusable", "picture lost");
    }
}
