package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.TooLongFrameException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtspDecoderTest {
    private static final String OK =
            "RTSP/1.0 200 OK\r\nCSeq: 3\r\nContent-Length: 5\r\n\r\nv=0\r\n";

    private final RecordedInput input = new RecordedInput(0, 1);
    private final RtspDecoder decoder = new RtspDecoder(RtspDecoderLimits.DEFAULT, input);

    @Test
    void decodesTheSameWhereverReadsEnd() {
        byte[] bytes = conversation();
        decoder.decode(ByteBuffer.wrap(bytes));
        List<String> whole = List.copyOf(input.lines);
        assertThat(whole).hasSize(7);
        for (int size = 1; size <= 40; size++) {
            assertThat(decodeInPieces(bytes, size)).as("pieces of %d", size).isEqualTo(whole);
        }
    }

    @Test
    void understandsWhatCamerasSend() {
        decoder.decode(ByteBuffer.wrap(conversation()));
        assertThat(input.lines)
                .containsExactly(
                        "frame 0 8060",
                        "response 200 OK cseq 3 body 'v=0\r\n'",
                        "frame 1 80c8",
                        "frame 0 ",
                        "request OPTIONS rtsp://camera/",
                        "response 200 cseq 4 body ''",
                        "frame 0 80".concat("00".repeat(299)));
    }

    @Test
    void acceptsFramesAsLargeAsTheirLengthFieldAllows() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] payload = new byte[65_535];
        payload[0] = (byte) 0x80;
        out.writeBytes(new byte[] {'$', 0, (byte) 0xFF, (byte) 0xFF});
        out.writeBytes(payload);
        out.writeBytes(OK.getBytes(StandardCharsets.US_ASCII));
        List<String> lines = decodeInPieces(out.toByteArray(), 1000);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).hasSize("frame 0 ".length() + 2 * 65_535);
    }

    @Test
    void findsItsWayBackThroughGarbage() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'$', 0, 0, 2, (byte) 0x80, 1});
        out.writeBytes(
                "garbage $\7\0\2xx RTSP/ RTSP/nonsense\r\n$".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {'$', 0, 0, 2, (byte) 0x80, 2});
        out.writeBytes(OK.getBytes(StandardCharsets.US_ASCII));
        byte[] bytes = out.toByteArray();
        for (int size : new int[] {1, 2, 3, 7, bytes.length}) {
            assertThat(decodeInPieces(bytes, size))
                    .as("pieces of %d", size)
                    .containsExactly(
                            "frame 0 8001",
                            "frame 0 8002",
                            "response 200 OK cseq 3 body 'v=0\r\n'");
        }
    }

    @Test
    void survivesRandomBytes() {
        RtspDecoderLimits generous =
                new RtspDecoderLimits(1 << 20, 1 << 20, 1 << 26, 1 << 20, 1 << 30);
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            byte[] garbage = new byte[20_000];
            random.nextBytes(garbage);
            RtspDecoder lost = new RtspDecoder(generous, new RecordedInput(0, 1));
            ByteBuffer all = ByteBuffer.wrap(garbage);
            while (all.hasRemaining()) {
                int end = Math.min(all.capacity(), all.position() + 1 + random.nextInt(3000));
                lost.decode(all.limit(end));
                assertThat(all.position()).isEqualTo(end);
                all.limit(all.capacity());
            }
        }
    }

    @Test
    void givesUpOnTooMuchGarbage() {
        assertTooLong(
                new RtspDecoderLimits(100, 10, 1000, 10, 10),
                "x".repeat(11),
                "neither RTSP nor RTP");
    }

    @Test
    void givesUpOnTooLongALine() {
        String line = "RTSP/1.0 200 " + "x".repeat(100);
        assertTooLong(new RtspDecoderLimits(100, 10, 1000, 10, 10), line, "line of more than 100");
    }

    @Test
    void givesUpOnTooManyHeaderLines() {
        String message = "RTSP/1.0 200 OK\r\n" + "A: b\r\n".repeat(11);
        assertTooLong(
                new RtspDecoderLimits(100, 10, 1000, 10, 10), message, "more than 10 header lines");
    }

    @Test
    void givesUpOnTooLargeABody() {
        String message = "RTSP/1.0 200 OK\r\nContent-Length: 11\r\n\r\n";
        assertTooLong(
                new RtspDecoderLimits(100, 10, 1000, 10, 10),
                message,
                "body of more than 10 bytes");
    }

    private void assertTooLong(RtspDecoderLimits limits, String text, String sentence) {
        RtspDecoder strict = new RtspDecoder(limits, input);
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> strict.decode(bytes))
                .isInstanceOf(TooLongFrameException.class)
                .hasMessageContaining(sentence);
    }

    private static byte[] conversation() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'$', 0, 0, 2, (byte) 0x80, 0x60});
        out.writeBytes(OK.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {'$', 1, 0, 2, (byte) 0x80, (byte) 0xC8, '$', 0, 0, 0});
        out.writeBytes(
                ("OPTIONS rtsp://camera/ RTSP/1.0\r\nCSeq: 1\r\n\r\n"
                                // Longse: a space after the number. Others: no reason.
                                + "RTSP/1.0 200\r\nCSeq: 4 \r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        byte[] large = new byte[304];
        large[0] = '$';
        large[2] = 1;
        large[3] = 300 - 256;
        large[4] = (byte) 0x80;
        out.writeBytes(large);
        return out.toByteArray();
    }

    private static List<String> decodeInPieces(byte[] bytes, int size) {
        RecordedInput pieces = new RecordedInput(0, 1);
        RtspDecoder fresh = new RtspDecoder(RtspDecoderLimits.DEFAULT, pieces);
        for (int at = 0; at < bytes.length; at += size) {
            fresh.decode(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at)).slice());
        }
        return pieces.lines;
    }
}
