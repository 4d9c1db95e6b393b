package io.gapless.rtp.jpeg;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Marker segments of a JPEG file that stand in the RTP header extension of a picture's first packet
 * and hold instead of what RFC 2435 says (ONVIF Streaming Specification, "JPEG over RTP"): pictures
 * of more than 2040 pixels a side do not fit into its header.
 *
 * @param frame the start of frame, if there is one
 * @param quantization tables, none if they are as RFC 2435 says
 * @param huffman likewise
 */
record JpegExtension(Optional<byte[]> frame, List<byte[]> quantization, List<byte[]> huffman) {
    /** What the extension is known by (RFC 3550 section 5.3.1): start of image. */
    static final int PROFILE = 0xFFD8;

    static final JpegExtension NONE = new JpegExtension(Optional.empty(), List.of(), List.of());

    private static final int SOF0 = 0xC0;
    private static final int DHT = 0xC4;
    private static final int DQT = 0xDB;

    JpegExtension {
        quantization = List.copyOf(quantization);
        huffman = List.copyOf(huffman);
    }

    /** Segments of other kinds are left out; what makes no sense ends the reading. */
    static JpegExtension parse(ByteBuffer bytes) {
        Optional<byte[]> frame = Optional.empty();
        List<byte[]> quantization = new ArrayList<>();
        List<byte[]> huffman = new ArrayList<>();
        int at = 0;
        while (at + 4 <= bytes.limit() && (bytes.get(at) & 0xFF) == 0xFF) {
            int marker = bytes.get(at + 1) & 0xFF;
            if (marker == 0xFF) { // padding
                at++;
                continue;
            }
            int length = 2 + (bytes.getShort(at + 2) & 0xFFFF);
            if (length < 4 || length > bytes.limit() - at) {
                break;
            }
            byte[] segment = new byte[length];
            bytes.get(at, segment);
            switch (marker) {
                case SOF0 -> frame = Optional.of(segment);
                case DHT -> huffman.add(segment);
                case DQT -> quantization.add(segment);
                default -> {}
            }
            at += length;
        }
        return new JpegExtension(frame.filter(JpegExtension::isFrame), quantization, huffman);
    }

    /** Marker, length, precision, height, width, and 3 bytes a component (ISO 10918-1, B.2.2). */
    private static boolean isFrame(byte[] segment) {
        return segment.length > 12 && segment.length == 10 + 3 * segment[9];
    }
}
